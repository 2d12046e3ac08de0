import type { DraftRow } from '@lvzhi/contracts';
import type { SubmissionKind } from '@lvzhi/domain';
import { kindWords } from '@lvzhi/domain';
import type { Draft } from '../platform/draft.ts';
import { draftLength } from '../platform/draft.ts';
import { whenWords } from '../platform/clock.ts';
import { go } from '../platform/go.ts';
import { Row } from './plain.tsx';

interface Shown { readonly id: string; readonly kind: SubmissionKind; readonly mends: boolean; readonly title: string; readonly savedAt: string; readonly length: number; readonly where: string }
/** 接着写: one tap back to what was begun. */
const Begun = ({ id, kind, mends, title, savedAt, length, where }: Shown) => <Row icon="pen" lines={1} title={`${mends ? '接着改' : '接着写'}：${title || '还没有标题'}`}
  note={`${kindWords[kind]}草稿，${where} · ${whenWords(savedAt)} · ${length} 字`} onTap={() => { go('form', { draft: id }); }} />;

export const DraftHere = ({ draft }: { draft: Draft }) =>
  <Begun id={draft.id} kind={draft.kind} mends={draft.of !== null} title={draft.title} savedAt={draft.savedAt} length={draftLength(draft)} where={draft.base > 0 && !draft.unsent ? '手机和服务器上都有' : '在这部手机上'} />;
export const DraftElsewhere = ({ draft }: { draft: DraftRow }) =>
  <Begun id={draft.id} kind={draft.kind} mends={draft.of !== null} title={draft.title} savedAt={draft.savedAt} length={draft.length} where="在别处写的" />;
