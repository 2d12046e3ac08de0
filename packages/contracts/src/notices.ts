import { documentKinds } from '@lvzhi/domain';
import * as v from 'valibot';
import { after, at, due, id, limit, nothing, oneOf, page } from './pieces.ts';
import { route } from './route.ts';

/** A message in the product's own inbox. `answer`: whether it must be answered, and whether that was done. */
const notice = v.object({ id: v.string(), kind: v.picklist(documentKinds), docId: v.string(), head: v.string(), body: v.string(), at,
  read: v.boolean(), answer: v.picklist(['none', 'awaited', 'given']), due: v.nullable(due) });
export type Notice = v.InferOutput<typeof notice>;

export const notices = {
  listNotices: route({ method: 'GET', path: '/notices', summary: '通知，新的在前', who: 'signed_in',
    input: v.object({ filter: v.optional(oneOf('通知的类别', ['all', 'unread', 'unanswered']), 'all'), after, limit }), output: page(notice) }),
  readNotice: route({ method: 'POST', path: '/notices/:id/read', summary: '标为已读', who: 'signed_in', input: v.object({ id }), output: nothing }),
  readAbout: route({ method: 'POST', path: '/notices/about/:id/read', summary: '这件事的通知都标为已读：打开了它', who: 'signed_in', input: v.object({ id }), output: nothing }),
  readAllNotices: route({ method: 'POST', path: '/notices/read', summary: '全部标为已读', who: 'signed_in', input: nothing, output: v.object({ read: v.number() }) }),
} as const;
