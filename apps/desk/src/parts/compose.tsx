import type { SimilarRow } from '@lvzhi/contracts';
import { Checkbox, Input } from 'antd';
import type { ReactNode } from 'react';
import { api } from '../platform/api.ts';
import { once } from '../platform/run.ts';
import { ActModal } from './act-modal.tsx';
import { Labelled, PickField } from './fields.tsx';
import { announce } from './toast.tsx';

export type Line = Pick<NonNullable<SimilarRow['doc']>, 'id' | 'version' | 'receiptNo' | 'title' | 'author' | 'can'>;
interface Draft { mainId: string; ids: readonly string[]; note: string }

/** Several reports into one: which goes on, which are taken in. `main`: it is settled which goes on. */
export function Compose({ lines, main, close, done }: { lines: readonly Line[]; main?: Line; close: () => void; done: (mainId: string) => void }): ReactNode {
  const leading = lines.filter(({ can }) => can.includes('lead'));
  const first = main ?? leading[0];
  const draft: Draft = { mainId: first?.id ?? '', ids: lines.filter(({ id, can }) => can.includes('combine') && id !== first?.id).map(({ id }) => id), note: '' };
  const act = ({ mainId, ids, note }: Draft) => {
    const on = [...(main ? [main] : []), ...lines].find(({ id }) => id === mainId);
    return once(`absorb ${mainId}`, { id: mainId, version: on?.version ?? -1, others: lines.filter(({ id }) => id !== mainId && ids.includes(id)).map(({ id, version }) => ({ id, version })), note, takeIt: true }, api.absorb);
  };
  return <ActModal title="合成一件编发" words="合成一件" keep="先不合并" width={640} draft={draft} act={act} close={close} hint="由您编辑主件，并入的几件的文字附在编辑稿后面作材料，原文都不变。每位反映人都会知道，编发和采用都算。"
    done={({ doc }) => { announce({ words: `已合成一件：${doc.title}` }); done(doc.id); }}>
    {(it, change, wrong) => <>
      {!main && <PickField label="主件" value={it.mainId} options={leading.map(({ id, title, author }) => ({ value: id, label: `${title}（${author}）` }))} change={(mainId) => change({ mainId })} wrong={wrong['mainId']} first />}
      <div className="field"><span className="lab">并入的</span><div className="people">{lines.filter(({ id, can }) => id !== it.mainId && can.includes('combine')).map(({ id, title, author, receiptNo }) => <label key={id}><Checkbox checked={it.ids.includes(id)} onChange={({ target }) => change({ ids: target.checked ? [...it.ids, id] : it.ids.filter((other) => other !== id) })}>{title}<span className="cap"> {author} · {receiptNo}</span></Checkbox></label>)}</div>
        {wrong['others'] && <span className="wrong" role="alert">{wrong['others']}</span>}</div>
      <Labelled label="合并说明" hint="可不填，并入的各位反映人会看到" wrong={wrong['note']}>{(id) => <Input.TextArea id={id} value={it.note} autoSize={{ minRows: 2, maxRows: 5 }} onChange={(event) => change({ note: event.target.value })} />}</Labelled>
    </>}
  </ActModal>;
}
