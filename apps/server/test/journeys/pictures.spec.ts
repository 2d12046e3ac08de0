/** Pictures of an issue: only those whose use was agreed leave the house, drawn anew. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SubmissionView } from '@lvzhi/contracts';
import { inflateRawSync } from 'node:zlib';
import sharp from 'sharp';
import { AuditEntry } from '../../src/platform/audit.ts';
import { Zip } from '../../src/platform/zips.ts';
import { pdf } from '../files-corpus.ts';
import { holder, plainMember, report } from '../people.ts';
import { serving } from '../serving.ts';
import type { Api, Serving } from '../serving.ts';

let house: Serving;
let member: Api, other: Api, head: Api, editor: Api, director: Api, secretary: Api;
beforeAll(async () => {
  house = await serving();
  [member, other, head, editor, director, secretary] = [await house.as(plainMember().id), await house.as(plainMember(1).id), await house.as(holder('committee_head', 'c-shefa').id), await house.as(holder('information_editor').id, 'desk'), await house.as(holder('office_director').id, 'desk'), await house.as(holder('secretary_general').id)];
}, 60_000);
afterAll(() => house.close());

const on = ({ id, version }: Pick<SubmissionView, 'id' | 'version'>) => ({ id, version });
let files = 0;
async function upload(personId: string, name: string, bytes: Buffer): Promise<string> {
  const form = new FormData();
  form.set('key', `pictures-file-${(files += 1)}`);
  form.set('file', new Blob([new Uint8Array(bytes)]), name);
  return (await (await fetch(`${house.url}/api/files`, { method: 'POST', headers: { authorization: `Bearer ${await house.tokenOf(personId)}` }, body: form })).json() as { id: string }).id;
}
const photo = () => sharp({ create: { width: 40, height: 30, channels: 3, background: '#3a6' } }).withExif({ IFD0: { ImageDescription: '在谁家门口' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '34/1 26/1 0/1' } }).jpeg().toBuffer();
async function issued(doc: SubmissionView): Promise<string> {
  const checked = (await director.check({ ...on((await editor.sendCheck(on(doc))).doc), note: '' })).doc;
  await secretary.sign(on(checked));
  return (await editor.showEdition({ id: doc.id })).issues[0]?.id ?? '';
}
const taken = async (api: Api, more: object) => (await editor.take(on((await head.pass({ ...on((await api.submit(report(more))).doc), note: '' })).doc))).doc;
const zipOf = async (id: string, personId = holder('information_editor').id) => fetch(`${house.url}/api/issues/${id}/pictures`, { headers: { authorization: `Bearer ${await house.tokenOf(personId)}` } });

test('反映人勾了同意的照片可以下载，拍摄地点已经抹去，名字换成图号；合并进来没有同意的不给，公众号稿里就有', async () => {
  const own = [await upload(plainMember().id, '张三家门口.jpg', await photo()), await upload(plainMember().id, '统计.pdf', Buffer.from(pdf()))];
  const lead = await taken(member, { title: '驿站太少，附照片', fileIds: own, picturesAgreed: true });
  expect(lead.picturesAgreed).toBe(true);
  const { doc: held } = await other.submit(report({ title: '驿站太少，也附照片', fileIds: [await upload(plainMember(1).id, '别人.jpg', await photo())] }));
  expect(held.picturesAgreed).toBe(false);
  const merged = (await editor.absorb({ ...on(lead), others: [on(held)] })).doc;
  const id = await issued(merged);

  const { html, pictures, held: left } = await editor.showBulletin({ id });
  const shown = [...html.matchAll(/<img src="data:image\/jpeg;base64,([^"]+)" alt="([^"]+)"/g)];
  expect([pictures.map(({ name }) => name), left, shown.map(([, , name]) => name)]).toEqual([['图1.jpg'], 1, ['图 1']]);
  expect(await sharp(Buffer.from(shown[0]?.[1] ?? '', 'base64')).metadata()).toMatchObject({ format: 'jpeg', width: 40 });
  const answer = await zipOf(id);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const zip = Zip.read(bytes);
  if (typeof zip === 'string') throw new Error(zip);
  expect(zip.names).toEqual(['图1.jpg']);
  const from = 30 + bytes.readUInt16LE(26);
  const picture = inflateRawSync(bytes.subarray(from, from + bytes.readUInt32LE(18)));
  expect([(await sharp(picture).metadata()).width, ['Exif', 'GPS', '门口', '张三'].filter((it) => picture.includes(it) || bytes.includes(it))]).toEqual([40, []]);
  expect(await house.database.read((manager) => manager.countBy(AuditEntry, { kind: 'issue.exported', subjectId: id }))).toBe(2);

  // Who may not see the issue, or may not send it out, gets no picture; a recalled one gives none.
  expect((await zipOf(id, plainMember().id)).status).toBe(403);
  await director.recallIssue({ ...on(await director.show({ id: lead.id })), note: '照片有误' });
  expect((await zipOf(id)).status).toBe(409);
});

test('没有人同意的一期没有图片可下载，说清楚还有几张没有同意；改主意的再提交时另勾', async () => {
  const fileId = await upload(plainMember().id, '照片.jpg', await photo());
  const { doc } = await member.submit(report({ title: '附了照片，没有勾同意', fileIds: [fileId] }));
  await member.withdraw(on(doc));
  const { key: _key, kind: _kind, ...form } = report({ title: '附了照片，后来勾了同意', fileIds: [fileId], picturesAgreed: true });
  const again = (await member.resubmit({ ...form, ...on(await member.show({ id: doc.id })), key: 'pictures-again-1' })).doc;
  expect(again.picturesAgreed).toBe(true);
  const id = await issued(await taken(member, { title: '又一件附照片的', fileIds: [await upload(plainMember().id, '又一张.jpg', await photo())] }));
  expect(await editor.showBulletin({ id })).toMatchObject({ pictures: [], held: 1 });
  const refused = await zipOf(id);
  expect([refused.status, (await refused.json() as { reason: string }).reason]).toEqual([409, '这一期没有反映人同意使用的图片']);
});
