import { useRouter } from '@tarojs/taro';
import { useEffect } from 'react';
import { Page } from '../../parts/page.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useAnswer } from '../../parts/use-answer.ts';
import { api } from '../../platform/api.ts';
import { catalogue } from '../../platform/catalogue.ts';
import { title } from '../../platform/device.ts';
import { goToReview, replaceBy } from '../../platform/go.ts';
import { useMe } from '../../platform/session.ts';
import { ReviewCase } from './review-case.tsx';

/** One case before a committee; after each act the next one comes by itself. */
export default function Review() {
  const { id = '' } = useRouter().params;
  const me = useMe();
  const asked = useAnswer(me !== undefined, id, async () => {
    const [doc, rules, { rows, next }] = await Promise.all([api.show({ id }), catalogue(), api.listTasks({ box: 'review', limit: 50 })]);
    return { doc, rules, queue: rows.map(({ docId }) => docId), endless: next !== null };
  });
  const queue = asked.answer?.queue ?? [];
  const place = queue.indexOf(id);
  const heading = place < 0 ? '初审' : `初审 ${place + 1} / ${queue.length}${asked.answer?.endless ? '+' : ''}`;
  useEffect(() => { title(heading); }, [heading]);
  const next = () => {
    const rest = queue.filter((it) => it !== id);
    const following = rest[place >= 0 && place < rest.length ? place : 0];
    if (following === undefined) replaceBy('queue'); else goToReview(following);
  };
  return asked.answer
    ? <ReviewCase doc={asked.answer.doc} rules={asked.answer.rules} onDoc={(doc) => { if (asked.answer) asked.put({ ...asked.answer, doc }); }} onNext={next} again={asked.again} />
    : <Page><Loaded of={asked}>{() => null}</Loaded></Page>;
}
