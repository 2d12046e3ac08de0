import { useEffect, useRef, useState } from 'react';
import type { RoutingCard } from '@lvzhi/contracts';
import { lengthOf } from '@lvzhi/domain';
import { api } from '../../platform/api.ts';
import type { Draft } from '../../platform/draft.ts';
import { secretParts } from './faults.ts';

export type Suggested = { readonly card: RoutingCard } | { readonly none: string };
const pause = 1200;
/** Less text than this tells the router nothing. */
const enough = { title: 4, body: 20 };

/** Where this would go and why, asked at each pause of 1.2 seconds. Never in the way: without an answer the form works all the same. */
export function useRoute(draft: Draft): Suggested {
  const [suggested, setSuggested] = useState<Suggested>({ none: '写好标题和情况后，这里会说明送到哪个专委会、为什么。' });
  const turn = useRef(0);
  const { title, situation, analysis, suggestion, category, townId } = draft;
  const body = [situation, analysis, suggestion].filter(Boolean).join('\n');
  const secret = Object.keys(secretParts(draft)).length > 0;
  useEffect(() => {
    const mine = ++turn.current;
    if (secret || lengthOf(title) < enough.title || lengthOf(body) < enough.body) return;
    const timer = setTimeout(() => {
      api.suggestRoute({ title, body, townId, ...(category !== null && { category }) }).then(
        (card) => { if (mine === turn.current) setSuggested({ card }); },
        () => { if (mine === turn.current) setSuggested((before) => ('card' in before ? before : { none: '暂时看不到分送建议，不影响提交。' })); });
    }, pause);
    return () => { clearTimeout(timer); };
  }, [title, body, category, townId, secret]);
  return secret ? { none: '内容疑似涉密，没有上传，所以没有分送建议。' } : suggested;
}
