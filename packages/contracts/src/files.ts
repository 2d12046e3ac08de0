import * as v from 'valibot';
import { id, nothing } from './pieces.ts';
import { route } from './route.ts';

/** `size` in bytes as stored; `type` from the bytes, not from the name. Download: GET /api/files/:id/content. */
export const fileView = v.object({ id: v.string(), name: v.string(), size: v.number(), type: v.string(), picture: v.boolean() });
export type FileView = v.InferOutput<typeof fileView>;

/** Upload is multipart (POST /api/files, field `file`, and `key`), and content is bytes: both outside this table of JSON routes, see the server's files slice. */
export const files = {
  openFile: route({ method: 'GET', path: '/files/:id/link', summary: '一个 5 分钟内有效的下载地址（图片、手机预览用）', who: 'signed_in', input: v.object({ id }), output: v.object({ url: v.string() }) }),
  removeFile: route({ method: 'DELETE', path: '/files/:id', summary: '删去还没有提交的附件', who: 'signed_in', input: v.object({ id }), output: nothing }),
} as const;
