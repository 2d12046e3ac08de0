import { Text, View } from '@tarojs/components';
import { useEffect, useRef, useState } from 'react';
import type { SimilarRow } from '@lvzhi/contracts';
import { lengthOf } from '@lvzhi/domain';
import { Note } from '../../parts/plain.tsx';
import { api } from '../../platform/api.ts';
import type { Draft } from '../../platform/draft.ts';
import { secretParts } from './faults.ts';

const pause = 1500;
const enough = { title: 4, body: 20 };

/** Reports or proposals like this one, asked at each pause. It never keeps anybody from handing in; what may be secret does not leave the phone. */
function useSimilar(draft: Draft): readonly SimilarRow[] {
  const [rows, setRows] = useState<readonly SimilarRow[]>([]);
  const turn = useRef(0);
  const { kind, title, situation, analysis, suggestion, of } = draft;
  const body = [situation, analysis, suggestion].filter(Boolean).join('\n');
  const silent = Object.keys(secretParts(draft)).length > 0;
  const own = of?.id;
  useEffect(() => {
    const mine = ++turn.current;
    if (silent || lengthOf(title) < enough.title || lengthOf(body) < enough.body) return;
    const timer = setTimeout(() => {
      const put = (found: readonly SimilarRow[]) => { if (mine === turn.current) setRows(found); };
      api.findSimilar({ kind, title, body: body.slice(0, 3000), ...(own !== undefined && { id: own }) }).then((answer) => { put(answer.rows); }, () => { put([]); });
    }, pause);
    return () => { clearTimeout(timer); };
  }, [kind, title, body, silent, own]);
  return silent ? [] : rows;
}

const most = 3;
const about = ({ doc, published }: SimilarRow, kind: Draft['kind']): string => (doc ? `《${doc.title}》，${doc.stateWords}` : `《${published?.title ?? ''}》，${kind === 'opinion' ? '已编发，' : ''}${published?.numberWords ?? ''}`);

/** Of those of others that nothing more may be said of, how many there are is all there is to say. */
function lines(rows: readonly SimilarRow[], kind: Draft['kind']): string[] {
  const hidden = rows.filter(({ doc, published }) => doc === null && published === null);
  return [...rows.filter((row) => !hidden.includes(row)).map((row) => `${row.words}：${about(row, kind)}`), ...(hidden[0] ? [`${hidden[0].words}：有 ${hidden.length} 件相近的，正在办理`] : [])];
}

export function Similar({ draft }: { draft: Draft }) {
  const rows = useSimilar(draft).slice(0, most);
  return rows.length === 0 ? null : <Note tone="b" title={draft.kind === 'opinion' ? '可能有人反映过' : '以前可能有人提过'}>
    {lines(rows, draft.kind).map((line) => <View key={line}><Text>{line}</Text></View>)}
    <View><Text>{draft.kind === 'opinion' ? '有新情况、新数据的，照样可以提交；说的是同一件事的，办公室会合并办理，每位反映人都算。' : '有新情况、新建议的，照样可以提交；说的是同一件事的，会并案办理，每位提案人都答复。'}</Text></View>
  </Note>;
}
