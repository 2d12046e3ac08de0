import type { DirectoryPage } from '../platform/directory.ts';
import { reportersOf } from './submission.entity.ts';
import type { Submission } from './submission.entity.ts';

/** The names of all who report it, the first one first. */
export const reporterNames = (page: DirectoryPage, it: Pick<Submission, 'authorId' | 'coAuthorIds'>): string[] => reportersOf(it).map((id) => page.person(id)?.name ?? '');
