import * as v from 'valibot';
import { id, nothing, oneOf, text } from './pieces.ts';
import { route } from './route.ts';

/** The lists whose address can be kept as a view. */
const viewPages = ['find', 'opinions', 'proposals', 'visits', 'roster'] as const;
/** A list with its filters under a name of one's own: `query` as it stands in the address. */
const savedView = v.object({ id: v.string(), page: v.picklist(viewPages), name: v.string(), query: v.string() });
export type SavedView = v.InferOutput<typeof savedView>;
const name = text('视图的名字', 20);

export const views = {
  listViews: route({ method: 'GET', path: '/views', summary: '本人存的视图', who: 'signed_in', input: nothing, output: v.object({ rows: v.array(savedView) }) }),
  keepView: route({ method: 'POST', path: '/views', summary: '把一个列表现在的筛选存成视图；同一页里名字不能重复', who: 'signed_in',
    input: v.object({ page: oneOf('列表', viewPages), name, query: v.pipe(v.optional(v.string('筛选不对'), ''), v.maxLength(500, '筛选太长，存不下'), v.regex(/^[\w%.~+*=&-]*$/, '筛选不对')) }), output: v.object({ view: savedView }) }),
  renameView: route({ method: 'PUT', path: '/views/:id', summary: '给视图改名', who: 'signed_in', input: v.object({ id, name }), output: v.object({ view: savedView }) }),
  removeView: route({ method: 'DELETE', path: '/views/:id', summary: '删除视图', who: 'signed_in', input: v.object({ id }), output: nothing }),
} as const;
