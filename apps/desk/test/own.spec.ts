/** 集体提案 at the desk: a body writes its own, is refused by the window and keeps its text, is returned, mends, answers and rates. */
import { expect, test } from '@jest/globals';
import { clientOf, routes } from '@lvzhi/contracts';
import type { Client, SubmissionView } from '@lvzhi/contracts';
import { inChromium, sideways } from '../../../tools/testing/browser.js';
import type { Page, Seeing } from '../../../tools/testing/browser.js';
import { onePixel } from '../../../tools/testing/pictures.js';

let at: Seeing;
type Api = Client<typeof routes>;
async function apiOf(login: string): Promise<{ api: Api; cookie: string }> {
  const { cookie, send } = await at.house.desk(login);
  const api = clientOf(routes, send);
  await api.agree({ version: (await api.guest({})).privacy.version });
  return { api, cookie };
}
async function deskOf(login: string, path: string): Promise<{ page: Page; api: Api }> {
  const { api, cookie } = await apiOf(login);
  const page = await at.page();
  const [name = '', value = ''] = cookie.split('=');
  await page.context().addCookies([{ name, value, url: at.house.url }]);
  await page.goto(`${at.house.url}/desk/${path}`);
  return { page, api };
}
const dialog = (page: Page) => page.getByRole('dialog');
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const send = async (page: Page, name: string) => {
  await dialog(page).getByRole('button', { name, exact: true }).click();
  await dialog(page).waitFor({ state: 'detached' });
};
const on = ({ id, version }: { id: string; version: number }) => ({ id, version });

const situation = '全市 12 个镇街中，9 个镇街没有固定的非遗传习场所，传承人 46 人，平均 61 岁，去年开展传习活动 18 场，参加 730 人，多数借用村级活动室。';
async function write(page: Page, title: string, signer: string): Promise<void> {
  await page.getByLabel(/^标题/).fill(title);
  await page.getByLabel(/^情况/).fill(situation);
  await page.getByLabel(/^原因分析/).fill('没有专门的场地和经费，传承人多为兼职。');
  await page.getByLabel(/^建议 /).fill('1.由市文旅局牵头，在每个片区建一处传习所；2.把传习活动列入公共文化服务采购。');
  await page.getByLabel(/^签名的/).fill(signer);
}
async function tick(page: Page): Promise<void> {
  for (const words of [/^已由/, /^我承诺内容不涉密/, /^本单位原创/]) await page.getByRole('checkbox', { name: words }).check();
}
/** As it goes on in the offices: filed, handed over, talked about, answered. */
async function answered(doc: SubmissionView): Promise<void> {
  const [office, head, government, unit] = (await Promise.all(['tangxiaoyu', 'yanxuejun', 'youjianhua', 'shiguohua'].map(apiOf))).map(({ api }) => api) as [Api, Api, Api, Api];
  const { doc: reviewed } = await head.review({ ...on(doc), outcome: 'filed', note: '建议立案', unitIds: [] });
  const { doc: filed } = await office.fileProposal(on(reviewed));
  const { doc: planned } = await office.planUnits({ ...on(filed), units: [{ unitId: 'u-yuanlin', role: 'sole' }], note: '' });
  await government.handOver(on(planned));
  const part = async () => unit.showHandling({ id: (await unit.listHandlings({ limit: 100 })).rows.find((it) => it.proposal.id === doc.id)?.id ?? 'none' });
  const { doc: signed } = await unit.signFor(on(await part()));
  const { doc: talked } = await unit.recordTalk({ ...on(signed), on: '2022-07-21', form: 'meeting', people: '周晓、民革市支部', gist: '看了两处场地，商定先建一处。' });
  await unit.saveReply({ id: talked.id, version: 0, classCode: 'A', body: '一、已建成传习所一处。', docNo: '安园函〔2022〕18号', signer: '许志明', publicity: 'open', publicityReason: '', promisedOn: null, contact: '周晓 0571-5550101' });
  const { doc: sent } = await unit.submitReply(on(await part()));
  const { doc: ready } = await government.approveReply({ ...on(sent), classCode: null, note: '' });
  await government.releaseReplies({ items: [on(ready)] });
}

inChromium('集体提案', { viewport: { width: 1280, height: 860 } }, (opened) => {
  at = opened;

  test('党派账号登录进的就是集体提案：写、自动保存、刷新接着写、提交；退回补充再提交；确认面商、评价，都在电脑上', async () => {
    const { page, api } = await deskOf('ruanwenjing', '');
    await page.getByText('还没有集体提案').waitFor();
    expect(await page.getByRole('navigation', { name: '主导航' }).getByRole('link').allInnerTexts()).toEqual(['集体提案']);
    await press(page, /^写集体提案/);
    await page.getByText('民革安澜市支部').first().waitFor();
    await press(page, '提交');
    await page.getByText(/处要改/).waitFor();
    await page.getByText('请填写签名的负责人').waitFor();
    const title = '关于加强乡村非物质文化遗产传习场所建设的建议';
    await write(page, title, '林致远');
    await page.getByLabel('署名、盖章页文件').setInputFiles({ name: '盖章页.jpg', mimeType: 'image/jpeg', buffer: onePixel });
    await page.getByText('盖章页.jpg').waitFor();
    await page.getByText(/^已保存/).waitFor();
    await page.reload();
    await page.getByText('盖章页.jpg').waitFor();
    expect([await page.getByLabel(/^标题/).inputValue(), await page.getByLabel(/^签名的/).inputValue()]).toEqual([title, '林致远']);
    expect(await sideways(page)).toBe(0);
    await tick(page);
    await press(page, '提交');
    await page.getByText(/^已提交，收件号/).first().waitFor();
    await page.getByText(/负责人 林致远 · 已由负责人署名/).waitFor();
    const mine = async (): Promise<SubmissionView> => api.show({ id: (await api.listMine({ of: 'bodies' })).rows[0]?.id ?? '' });
    expect((await api.listDrafts({})).rows).toEqual([]);

    await press(page, '撤回修改');
    await send(page, '撤回修改');
    await press(page, '修改后再提交');
    await page.getByText(/收件号不变/).waitFor();
    await page.getByLabel(/^签名的/).fill('林致远');
    await tick(page);
    await press(page, '再次提交');
    await page.getByText(/^已提交，收件号/).first().waitFor();

    const { api: office } = await apiOf('tangxiaoyu');
    const doc = await mine();
    const { doc: sent } = doc.committee === null ? await office.assign({ ...on(doc), committeeId: 'c-jingke' }) : await office.recall({ ...on(doc), reason: '改由经科委初审' }).then(({ doc: it }) => office.assign({ ...on(it), committeeId: 'c-jingke' }));
    const { api: head } = await apiOf('yanxuejun');
    await head.sendBack({ ...on(sent), note: '请补充近三年的经费情况' });
    await page.goto(`${at.house.url}/desk/own`);
    await page.getByRole('region', { name: '要办的' }).getByRole('link', { name: title }).click();
    await press(page, '补充后再提交');
    await page.getByText(/退回的意见：请补充近三年的经费情况/).waitFor();
    await page.getByLabel(/^情况/).fill(`${situation}近三年投入 36 万元。`);
    await page.getByLabel(/^签名的/).fill('林致远');
    await tick(page);
    await press(page, '再次提交');
    await page.getByText(/^已提交，收件号/).first().waitFor();
    expect(await mine()).toMatchObject({ state: 'submitted', revision: 3, committee: { id: 'c-jingke' } });

    const { doc: reviewing } = await head.startReview(on(await mine()));
    await head.proposeEdits({ ...on(reviewing), changes: [{ part: 'suggestion', at: 0, after: '1.由市文旅局牵头，两年内在每个片区建一处传习所；2.把传习活动列入公共文化服务采购。', why: '写明时间' }], note: '' });
    await page.reload();
    await page.getByText('请逐段答复').first().waitFor();
    await page.getByRole('radiogroup', { name: '第 1 处' }).getByText('同意这段').click();
    await page.getByText('请重新签名盖章').waitFor();
    await page.getByRole('checkbox', { name: /^已由/ }).check();
    await press(page, '答复修改建议');
    await page.getByText('已答复修改建议').waitFor();
    expect(await mine()).toMatchObject({ revision: 4, text: { suggestion: expect.stringContaining('两年内') }, collective: { signer: '林致远', by: '阮文静' } });

    await answered(await mine());
    await page.goto(`${at.house.url}/desk/own`);
    await page.getByRole('table', { name: '集体提案' }).getByRole('link', { name: title }).click();
    await press(page, '面商属实');
    await send(page, '面商属实');
    await page.getByText('已确认面商').waitFor();
    await press(page, '评价答复');
    for (const name of ['对办理态度', '对办理结果']) await dialog(page).getByRole('radiogroup', { name }).getByText('满意', { exact: true }).click();
    await send(page, '提交评价');
    await page.getByText('已评价，谢谢').waitFor();
    expect(await mine()).toMatchObject({ state: 'closed' });
    const { api: other } = await apiOf('luxiaofeng');
    expect((await other.listMine({ of: 'p-minge' })).rows).toEqual([]);
  });

  test('界别账号平时不能提交：窗口说清楚，写的都在，草稿留在服务器，回到列表接着写；疑似涉密的不出这一页', async () => {
    const { page, api } = await deskOf('dingmuhua', 'own/form');
    await page.getByText(/界别提案只在全体会议期间收/).waitFor();
    await write(page, '关于在老旧小区增设便民停车泊位的建议', '钟翠平');
    for (const words of [/^已由/, /^我承诺内容不涉密/, /^本单位原创/]) await page.getByRole('checkbox', { name: words }).check();
    await press(page, '提交');
    await page.getByText(/^有 1 处要改/).waitFor();
    await page.getByRole('region', { name: '以谁的名义' }).getByRole('alert').waitFor();
    expect(await page.getByLabel(/^情况/).inputValue()).toBe(situation);
    expect((await api.listMine({})).rows).toEqual([]);
    await page.goto(`${at.house.url}/desk/own`);
    await page.getByRole('region', { name: '没写完的' }).getByRole('link', { name: '关于在老旧小区增设便民停车泊位的建议' }).click();
    expect(await page.getByLabel(/^签名的/).inputValue()).toBe('钟翠平');
    await page.getByLabel(/^情况/).fill('绝密★启用前');
    await page.getByText('内容疑似涉密，没有保存，也不会提交').waitFor();
    expect(await page.getByRole('button', { name: '提交', exact: true }).isDisabled()).toBe(true);
    const [draft] = (await api.listDrafts({})).rows;
    expect((await api.showDraft({ id: draft?.id ?? '' })).situation).toBe(situation);
    await page.getByLabel(/^情况/).fill(situation);
    await press(page, '删去草稿');
    await press(page, '删去这份草稿');
    await page.getByText('还没有集体提案').waitFor();
    expect((await api.listDrafts({})).rows).toEqual([]);
  });
});
