import type { Draft } from '../platform/draft.ts';
import { draftLength } from '../platform/draft.ts';
import { whenWords } from '../platform/clock.ts';
import { go } from '../platform/go.ts';
import { kindWords } from '@lvzhi/domain';
import { Row } from './plain.tsx';

/** 接着写: one tap back to what was begun. */
export const DraftRow = ({ draft }: { draft: Draft }) => <Row icon="pen" lines={1} title={`${draft.of ? '接着改' : '接着写'}：${draft.title || '还没有标题'}`}
  note={`${kindWords[draft.kind]}草稿，在这部手机上 · ${whenWords(draft.savedAt)} · ${draftLength(draft)} 字`} onTap={() => { go('form', { draft: draft.id }); }} />;
