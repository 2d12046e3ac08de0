import type { SimilarRow } from '@lvzhi/contracts';
import { lengthOf } from '@lvzhi/domain';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Icon } from '../parts/icons.tsx';
import type { OwnText } from '../parts/own-draft.ts';
import { api } from '../platform/api.ts';

const [pause, most] = [1500, 3];
const enough = { title: 4, body: 20 };

/** Proposals like this one, asked for when the typing rests. It keeps nobody from handing in; what may be secret does not leave the page. */
function useSimilar({ title, situation, analysis, suggestion }: OwnText, own: string | undefined, silent: boolean): readonly SimilarRow[] {
  const [rows, setRows] = useState<readonly SimilarRow[]>([]);
  const turn = useRef(0);
  const body = [situation, analysis, suggestion].filter(Boolean).join('\n');
  useEffect(() => {
    const mine = ++turn.current;
    if (silent || lengthOf(title) < enough.title || lengthOf(body) < enough.body) return undefined;
    const timer = setTimeout(() => {
      const put = (found: readonly SimilarRow[]) => { if (mine === turn.current) setRows(found); };
      api.findSimilar({ kind: 'proposal', title, body: body.slice(0, 3000), ...(own !== undefined && { id: own }) }).then((answer) => put(answer.rows), () => put([]));
    }, pause);
    return () => clearTimeout(timer);
  }, [title, body, own, silent]);
  return silent ? [] : rows;
}

/** A quiet list: what was said before on the same matter. Of those that nothing more may be said of, only how many there are. */
export function OwnSimilar({ text, own, silent }: { text: OwnText; own: string | undefined; silent: boolean }): ReactNode {
  const rows = useSimilar(text, own, silent).slice(0, most);
  if (rows.length === 0) return null;
  const hidden = rows.filter(({ doc, published }) => doc === null && published === null);
  return <div className="note" role="note" aria-label="以前可能有人提过"><Icon name="info" /><div><b>以前可能有人提过</b>
    {rows.filter((row) => !hidden.includes(row)).map(({ words, doc, published }) => <p key={doc?.id ?? published?.title}>{words}：《{doc?.title ?? published?.title}》，{doc?.stateWords ?? published?.numberWords}</p>)}
    {hidden[0] && <p>{hidden[0].words}：有 {hidden.length} 件相近的，正在办理</p>}
    <p className="cap">供参考，不影响提交。有新情况、新建议的照样可以提；说的是同一件事的会并案办理，每位提案人都答复。</p></div></div>;
}
