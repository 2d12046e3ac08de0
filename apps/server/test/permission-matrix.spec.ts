import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer, routes, SubmissionAction, SubmissionView } from '@lvzhi/contracts';
import { opinionActions, opinionStates, proposalActions, proposalStates } from '@lvzhi/domain';
import type { SubmissionKind } from '@lvzhi/domain';
import { digest } from '../src/platform/ids.ts';
import { Move } from '../src/platform/journal.ts';
import { Assignment, CreditEntry, OutboxRow } from '../src/platform/spine.entities.ts';
import { Note, Submission } from '../src/submissions/submission.entity.ts';
import { pdf } from './files-corpus.ts';
import { changeSetting } from './setting.ts';
import { formOf, holder, plainMember, proposal, report } from './people.ts';
import { serving } from './serving.ts';
import type { Api, Serving } from './serving.ts';

/** Every kind of person that the rules know (rules: posts). The document lies at c-shefa, c-renzihuan may comment. */
const people = {
  author: plainMember(0).id, coAuthor: plainMember(2).id, otherMember: plainMember(1).id,
  // Asked to sign the author's proposals: one still is, of a draft; one said no; one was silent until it was handed in.
  invited: plainMember(3).id, declined: plainMember(4).id, expired: plainMember(5).id,
  head: holder('committee_head', 'c-shefa').id, viceHead: holder('committee_vice_head', 'c-shefa').id, staff: holder('committee_staff', 'c-shefa').id,
  coHead: holder('committee_head', 'c-renzihuan').id, coStaff: holder('committee_staff', 'c-renzihuan').id, otherHead: holder('committee_head', 'c-jingke').id,
  editor: holder('information_editor').id, director: holder('office_director').id, proposalOffice: holder('proposal_office', 'c-tian', 2).id,
  memberAffairs: holder('member_affairs', undefined, 2).id, systemAdmin: holder('system_admin').id, securityAdmin: holder('security_admin').id, auditor: holder('auditor').id,
  informant: holder('informant').id, unitClerk: holder('unit_clerk', 'u-guihua').id, unitHead: holder('unit_supervisor', 'u-yuanlin').id, dispatch: holder('dispatch_government').id, otherDispatch: holder('dispatch_party').id, bodyAccount: holder('body_account', 'p-minge').id, otherBody: holder('body_account', 'p-minmeng').id, liaison: holder('township_liaison').id, chair: holder('chair').id,
} as const;
type Who = keyof typeof people;
const everybody = Object.keys(people) as Who[];
const office = { opinion: ['editor', 'director'], proposal: ['proposalOffice'] } as const satisfies Record<SubmissionKind, Who[]>;
const committee: readonly Who[] = ['head', 'viceHead', 'staff'];
const co: readonly Who[] = ['coHead', 'coStaff'];

interface Place { readonly make: (it: Stage) => Promise<SubmissionView>; /** Beside the author, who wrote or signed it with them, and the office. */ readonly seenBy: readonly Who[]; readonly office?: false; /** Of whom it is; the author, unless it says so. */ readonly of?: Who; /** Nobody signed it with the author. */ readonly alone?: true; /** Asked to sign its new text: they read that on their invitation, and nothing of the case. */ readonly lent?: readonly Who[] }
/** Every state that can be reached, at every place where its rules differ. */
const places: Record<SubmissionKind, Record<string, Place>> = {
  opinion: {
    '撤回到草稿': { seenBy: [], office: false, make: async (it) => it.as('author', async (api) => (await api.withdraw(on(await it.submitted()))).doc) },
    '在分办台': { seenBy: [], make: (it) => it.submitted() },
    '在专委会待初审': { seenBy: [...committee, ...co], make: (it) => it.assigned() },
    '初审中': { seenBy: [...committee, ...co], make: async (it) => it.as('head', async (api) => (await api.startReview(on(await it.assigned()))).doc) },
    '改送到别的专委会': { seenBy: [...co, 'otherHead'], make: async (it) => it.as('head', async (api) => (await api.reroute({ ...on(await it.assigned()), committeeId: 'c-jingke', reason: '属于经济方面' })).doc) },
    '专委会退回补充': { seenBy: [...committee, ...co], make: async (it) => it.as('head', async (api) => (await api.sendBack({ ...on(await it.assigned()), note: '请补充数据' })).doc) },
    '分办台退回补充': { seenBy: [], make: async (it) => it.as('editor', async (api) => (await api.sendBack({ ...on(await it.submitted()), note: '请补充数据' })).doc) },
    '编辑中': { seenBy: [...committee, ...co], make: async (it) => it.as('head', async (api) => (await api.pass({ ...on(await it.assigned()), note: '' })).doc) },
    '特急直送编辑': { seenBy: [], make: (it) => it.submitted({ urgency: 'critical' }) },
    '领办编辑': { seenBy: [...committee, ...co], make: (it) => it.taken() },
    '征求意见': { seenBy: [...committee, ...co], make: (it) => it.asked() },
    '不同意编辑稿': { seenBy: [...committee, ...co], make: async (it) => it.as('author', async (api) => (await api.objectEdition({ ...on(await it.asked()), note: '数字不对' })).doc) },
    '待审核': { seenBy: [...committee, ...co, 'chair'], make: async (it) => it.as('editor', async (api) => (await api.sendCheck(on(await it.taken()))).doc) },
    '待签发': { seenBy: [...committee, ...co, 'chair'], make: (it) => it.checked() },
    '已编发': { seenBy: [...committee, ...co, 'chair'], make: async (it) => it.as('chair', async (api) => (await api.sign(on(await it.checked()))).doc) },
    '已报送': { seenBy: [...committee, ...co, 'chair'], make: (it) => it.sent() },
    '收回编发': { seenBy: [...committee, ...co, 'chair'], make: async (it) => it.as('director', async (api) => (await api.recallIssue({ ...on(await it.as('chair', async (chair) => (await chair.sign(on(await it.checked()))).doc)), note: '数字有误' })).doc) },
    '合并了的': { seenBy: [...committee, ...co], make: (it) => it.merged() },
    '留存备查': { seenBy: [...committee, ...co], make: async (it) => it.as('editor', async (api) => (await api.archiveReport({ ...on(await it.taken()), note: '情况已经解决' })).doc) },
    '不予采用': { seenBy: [...committee, ...co], make: async (it) => it.as('head', async (api) => (await api.notAdopt({ ...on(await it.assigned()), reason: 'vague', note: '' })).doc) },
  },
  proposal: {
    '撤回到草稿': { seenBy: [], office: false, make: async (it) => it.as('author', async (api) => (await api.withdraw(on(await it.submitted()))).doc) },
    '在分办台': { seenBy: [], make: (it) => it.submitted() },
    '在专委会待审查': { seenBy: [...committee, ...co], make: (it) => it.assigned() },
    '审查中': { seenBy: [...committee, ...co], make: async (it) => it.as('staff', async (api) => (await api.prepare({ ...on(await it.assigned()), outcome: 'pass', note: '建议立案' })).doc) },
    '已有初审意见': { seenBy: [...committee, ...co], make: async (it) => it.as('head', async (api) => (await api.review({ ...on(await it.assigned()), outcome: 'filed', note: '建议立案', unitIds: [] })).doc) },
    '退回修改': { seenBy: [...committee, ...co], make: async (it) => it.as('viceHead', async (api) => (await api.sendBack({ ...on(await it.assigned()), note: '请补充数据' })).doc) },
    '单位提交的在专委会': { of: 'bodyAccount', alone: true, seenBy: [...committee, ...co], make: (it) => it.assigned(true, 'bodyAccount') },
    '单位提交的退回修改': { of: 'bodyAccount', alone: true, seenBy: [...committee, ...co], make: async (it) => it.as('viceHead', async (api) => (await api.sendBack({ ...on(await it.assigned(true, 'bodyAccount')), note: '请补充数据' })).doc) },
    '征求修改': { seenBy: [...committee, ...co], make: (it) => it.amending() },
    '单位提交的征求修改': { of: 'bodyAccount', alone: true, seenBy: [...committee, ...co], make: (it) => it.amending('bodyAccount') },
    '等重新联名': { seenBy: [...committee, ...co], alone: true, lent: ['coAuthor'], make: async (it) => { const doc = await it.amending(); return it.as('author', async (api) => (await api.answerEdits({ ...on(doc), accepted: [true] })).doc); } },
    '征求转办': { seenBy: [...committee, ...co], make: (it) => it.decided((api, doc) => api.askConsent({ ...on(doc), note: '按社情民意办理更快' })) },
    '已立案': { seenBy: [...committee, ...co], make: (it) => it.filed() },
    '申请撤案': { seenBy: [...committee, ...co], make: async (it) => it.as('author', async (api) => (await api.askDrop({ ...on(await it.filed()), note: '已经解决' })).doc) },
    '待交办': { seenBy: [...committee, ...co, 'dispatch'], make: (it) => it.planned() },
    '待交办申请撤案': { seenBy: [...committee, ...co, 'dispatch'], make: async (it) => it.as('author', async (api) => (await api.askDrop({ ...on(await it.planned()), note: '已经解决' })).doc) },
    '办理中': { seenBy: [...committee, ...co, 'dispatch', 'unitHead'], make: (it) => it.handed() },
    '办理中申请撤案': { seenBy: [...committee, ...co, 'dispatch', 'unitHead'], make: async (it) => it.as('author', async (api) => (await api.askDrop({ ...on(await it.handed()), note: '已经解决' })).doc) },
    '待评价': { seenBy: [...committee, ...co, 'dispatch', 'unitHead'], make: (it) => it.replied() },
    '重新办理': { seenBy: [...committee, ...co, 'dispatch', 'unitHead'], make: async (it) => it.rated(await it.replied(), 'dissatisfied') },
    '待面商会': { seenBy: [...committee, ...co, 'dispatch', 'unitHead'], make: async (it) => it.rated(await it.replied(await it.rated(await it.replied(), 'dissatisfied')), 'dissatisfied') },
    '已办结': { seenBy: [...committee, ...co, 'dispatch', 'unitHead'], make: async (it) => it.rated(await it.replied(), 'satisfied') },
    '已并案': { seenBy: [...committee, ...co], make: (it) => it.decided(async (api, doc) => api.merge({ ...on(doc), mainId: (await it.filed()).id, note: '内容相近' })) },
    '转意见建议': { seenBy: [...committee, ...co], make: (it) => it.decided((api, doc) => api.suggest({ ...on(doc), note: '送单位参考' })) },
    '不予立案': { seenBy: [...committee, ...co], make: (it) => it.decided((api, doc) => api.reject({ ...on(doc), reason: 'vague', note: '' })) },
    '已撤案': { seenBy: [...committee, ...co], make: async (it) => it.as('author', async (api) => (await api.drop(on(await it.reviewed()))).doc) },
    '转社情民意': { seenBy: [...committee, ...co], make: async (it) => {
      const asked = await it.decided((api, doc) => api.askConsent({ ...on(doc), note: '按社情民意办理更快' }));
      return it.as('author', async (api) => (await api.agreeConversion(on(asked))).doc);
    } },
  },
};
const on = ({ id, version }: Pick<SubmissionView, 'id' | 'version'>) => ({ id, version });

const nameOf = (who: Who): string => roster.find(({ id }) => id === people[who])?.name ?? '';
const roster = [3, 4, 5].map((index) => plainMember(index));

/** The gist and the whole text of an instruction: the office's own. */
const restricted = ['批示摘要请人社局研处', '批示全文：请人社局于月底前拿出办法，我要看到结果。'] as const;

/** What a body hands in is signed for it. */
const ofBody = { bodyId: 'p-minge', kind: 'party' as const, signer: '林致远', sealIds: [], signed: true as const };

/** Makes documents through the API, each with a title and an attachment of its own. */
class Stage {
  private made = 0;
  withFiles = true;
  private readonly server: Serving;
  readonly kind: SubmissionKind;
  constructor(server: Serving, kind: SubmissionKind) { [this.server, this.kind] = [server, kind]; }

  async as<T>(who: Who, work: (api: Api) => Promise<T>): Promise<T> { return work(await this.server.as(people[who])); }
  form(more: object = {}) {
    const [number, write] = [(this.made += 1), this.kind === 'opinion' ? report : proposal];
    return write({ title: `矩阵${this.kind}第${number}件养老托育`, key: `matrix-${this.kind}-${number}`, wish: 'ask', ...(this.kind === 'opinion' && { coAuthorIds: [people.coAuthor] }), ...more });
  }
  async submitted(given: object = {}, alone = false, by: Who = 'author'): Promise<SubmissionView> {
    const more = { ...given, ...(by === 'bodyAccount' && { collective: ofBody }) };
    if (!this.withFiles) return this.handedIn(this.form(more), [], alone, by);
    const form = new FormData();
    form.set('key', `matrix-file-${this.made}`);
    form.set('file', new Blob([new Uint8Array(pdf())]), '材料.pdf');
    const sent = await fetch(`${this.server.url}/api/files`, { method: 'POST', headers: { authorization: `Bearer ${await this.server.tokenOf(people[by])}` }, body: form });
    const { id } = await sent.json() as { id: string };
    return this.handedIn(this.form(more), [id], alone, by);
  }
  /** A proposal with its co-signer's signature, without those of the two who were asked as well. */
  private async handedIn(form: ReturnType<Stage['form']>, fileIds: string[], alone: boolean, by: Who): Promise<SubmissionView> {
    if (this.kind === 'proposal' && !alone) await this.askedAll(form, fileIds, ['coAuthor', 'declined', 'expired']);
    return this.as(by, async (api) => (await api.submit({ ...form, fileIds })).doc);
  }
  private async askedAll({ key, title, situation, analysis, suggestion }: ReturnType<Stage['form']>, fileIds: string[], asked: readonly Who[]): Promise<void> {
    await this.as('author', (api) => api.inviteSigners({ draftKey: key, title, situation, analysis, suggestion, fileIds, personIds: asked.map((who) => people[who]) }));
    const invitation = async (api: Api) => { const [row] = (await api.listInvitations({ limit: 1 })).rows; return { id: row?.id ?? '', version: row?.version ?? 0 }; };
    if (asked.includes('coAuthor')) await this.as('coAuthor', async (api) => api.cosign(await invitation(api)));
    if (asked.includes('declined')) await this.as('declined', async (api) => api.declineCosign(await invitation(api)));
  }
  /** A draft that somebody is still asked to sign. */
  async asking(): Promise<{ title: string; invitationId: string }> {
    const form = this.form({ title: '矩阵还没有提交的联名稿', situation: '矩阵联名稿正文，走访了三个小区，情况属实，群众反映强烈，需要尽快研究解决。' });
    await this.askedAll(form, [], ['invited']);
    return this.as('invited', async (api) => ({ title: form.title, invitationId: (await api.listInvitations({})).rows[0]?.id ?? '' }));
  }
  /** With an editor, who began to change the text. */
  async taken(): Promise<SubmissionView> {
    const passed = await this.as('head', async (api) => (await api.pass({ ...on(await this.assigned()), note: '' })).doc);
    return this.as('editor', async (api) => {
      const { doc } = await api.take(on(passed));
      const { edition } = await api.showEdition({ id: doc.id });
      await api.saveEdition({ id: doc.id, version: edition?.version ?? 0, series: 'information', title: `${doc.title}（编）`, body: `编辑稿：${doc.text.situation}` });
      return doc;
    });
  }
  /** While the term's setting asks for the reporter's consent. */
  async asked(): Promise<SubmissionView> {
    await changeSetting(this.server, 'opinion.consent', 'on');
    try { return await this.as('editor', async (api) => (await api.askAgree(on(await this.taken()))).doc); } finally { await changeSetting(this.server, 'opinion.consent', 'off'); }
  }
  /** With what a leader wrote on it, which nobody outside the office may read. */
  async sent(): Promise<SubmissionView> {
    const issued = await this.as('chair', async (api) => (await api.sign(on(await this.checked()))).doc);
    return this.as('editor', async (api) => {
      const { doc } = await api.send({ ...on(issued), channels: ['city_gov'], unitIds: [] });
      const { deliveries: [delivery] } = await api.listDeliveries({ id: doc.id });
      return (await api.record({ ...on(doc), deliveryId: delivery?.id ?? '', action: 'instruct', on: '2022-07-21', level: 'city', note: '市领导作了批示', gist: restricted[0], text: restricted[1] })).doc;
    });
  }
  async checked(): Promise<SubmissionView> {
    const sent = await this.as('editor', async (api) => (await api.sendCheck(on(await this.taken()))).doc);
    return this.as('director', async (api) => (await api.check({ ...on(sent), note: '' })).doc);
  }
  async assigned(alone = false, by: Who = 'author'): Promise<SubmissionView> {
    const doc = await this.submitted({}, alone, by);
    return this.as(office[this.kind][0], async (api) => (await api.assign({ ...on(doc), committeeId: 'c-shefa', coCommitteeIds: ['c-renzihuan'] })).doc);
  }
  /** Its head proposes another title. */
  async amending(by: Who = 'author'): Promise<SubmissionView> {
    const doc = await this.assigned(by !== 'author', by);
    return this.as('head', async (api) => (await api.proposeEdits({ ...on(doc), changes: [{ part: 'title', at: 0, after: `${doc.title}服务`, why: '' }], note: '' })).doc);
  }
  async reviewed(): Promise<SubmissionView> {
    const doc = await this.assigned();
    return this.as('head', async (api) => (await api.review({ ...on(doc), outcome: 'filed', note: '建议立案', unitIds: [] })).doc);
  }
  async decided(decide: (api: Api, doc: SubmissionView) => Promise<Done>): Promise<SubmissionView> {
    const doc = await this.reviewed();
    return this.as('proposalOffice', async (api) => (await decide(api, doc)).doc);
  }
  planned(): Promise<SubmissionView> { return this.decided(async (api, doc) => api.planUnits({ ...on((await api.fileProposal(on(doc))).doc), units: [{ unitId: 'u-yuanlin', role: 'sole' }], note: '' })); }
  async handed(): Promise<SubmissionView> { const doc = await this.planned(); return this.as('dispatch', async (api) => (await api.handOver(on(doc))).doc); }
  /** Answered, from the beginning or once more. */
  async replied(before?: SubmissionView): Promise<SubmissionView> {
    const doc = before ?? await this.handed();
    await this.as('unitHead', async (api) => {
      const row = (await api.listHandlings({ limit: 100 })).rows.find(({ proposal }) => proposal.id === doc.id);
      let part: { id: string; version: number } = row ?? { id: '', version: 0 };
      if (!before) {
        part = (await api.signFor(on(part))).doc;
        part = (await api.recordTalk({ ...on(part), on: '2022-07-21', form: 'phone', people: '经办人、提案人', gist: '电话沟通了办理打算。' })).doc;
      }
      await api.saveReply({ id: part.id, version: 0, classCode: 'A', body: '已经办好。', docNo: '安园林提函〔2022〕5号', signer: '施国华', publicity: 'open', publicityReason: '', promisedOn: null, contact: '吴德昌 0000-5566' });
      await api.submitReply(on(await api.showHandling({ id: part.id })));
      const { doc: ready } = await this.as('dispatch', async (office) => office.approveReply({ ...on(await office.showHandling({ id: part.id })), classCode: null, note: '' }));
      await this.as('dispatch', async (office) => office.releaseReplies({ items: [on(ready)] }));
    });
    return this.as('author', async (api) => api.show({ id: doc.id }));
  }
  /** Each of its proposers for themselves; a dissatisfied one is enough. */
  async rated(doc: SubmissionView, result: 'satisfied' | 'dissatisfied'): Promise<SubmissionView> {
    const rate = (who: Who) => this.as(who, async (api) => {
      const own = (await api.show({ id: doc.id })).handling?.ratings.find(({ state, mine }) => mine && state === 'asked');
      return (await api.rate({ id: own?.id ?? '', version: own?.version ?? 0, attitude: 'satisfied', result, talked: true, note: result === 'satisfied' ? '' : '没有解决' })).doc;
    });
    if (result === 'satisfied') await rate('coAuthor');
    return rate('author');
  }
  filed(): Promise<SubmissionView> { return this.decided((api, doc) => api.fileProposal(on(doc))); }
  /** A report that others may be merged into, as it now is; and one that may be merged, the same until it is. */
  async lead(): Promise<SubmissionView> {
    this.leading ??= this.taken().then(({ id }) => id);
    const id = await this.leading;
    return this.as('editor', (api) => api.show({ id }));
  }
  async spare(): Promise<SubmissionView> { return (this.kept ??= this.assigned()); }
  spent(): void { this.kept = undefined; }
  private leading: Promise<string> | undefined;
  private kept: Promise<SubmissionView> | undefined;
  async merged(): Promise<SubmissionView> {
    const doc = await this.assigned();
    return this.as('editor', async (api) => { await api.absorb({ ...on(await this.lead()), others: [on(doc)], takeIt: true }); return api.show({ id: doc.id }); });
  }
  /** A filed one that others may be merged into; the same all along. */
  async mainCase(): Promise<string> { return (this.main ??= this.filed().then(({ id }) => id)); }
  private main: Promise<string> | undefined;
}

interface Done { readonly doc: SubmissionView; readonly undo?: { readonly moveId: string } | null }
/** Each action as a good request of it. What is the house's own has no address. */
/** What the house does by itself, what is part of saving an edited text, and `enter`, which is a document's beginning and no move of one that is there. */
type Own = 'route' | 'enter' | 'born' | 'follow' | 'forward' | 'resume' | 'lapse' | 'lapse_agree' | 'lapse_edits' | 'amend';
const attempts: Record<Exclude<SubmissionAction, Own | 'change_units' | 'all_replied' | 'rehandle' | 'call_meeting' | 'close' | 'change_signers' | 'ask_signers' | 'settle_signers'>, (api: Api, doc: SubmissionView, stage: Stage) => Promise<Done>> = {
  submit: async (api, doc) => {
    // Only the first reporter has others to name.
    const coAuthorIds = (await api.showMe({})).person.id === doc.author.id ? doc.coAuthors.map(({ id }) => id) : [];
    // A signature stands under this very text.
    return api.resubmit({ ...on(doc), key: `again-${doc.id}-${doc.version}`, ...formOf(doc.kind === 'opinion' ? report({ coAuthorIds }) : proposal({ title: doc.title, ...doc.text })), fileIds: doc.files.map(({ id }) => id), ...(doc.collective && { collective: ofBody }) });
  },
  withdraw: (api, doc) => api.withdraw(on(doc)),
  assign: (api, doc) => api.assign({ ...on(doc), committeeId: 'c-wenshi' }),
  recall: (api, doc) => api.recall({ ...on(doc), reason: '送错了' }),
  reroute: (api, doc) => api.reroute({ ...on(doc), committeeId: 'c-wenshi', reason: '属于文史方面' }),
  start_review: (api, doc) => api.startReview(on(doc)),
  prepare: (api, doc) => api.prepare({ ...on(doc), outcome: 'pass', note: '建议通过' }),
  comment: (api, doc) => api.comment({ ...on(doc), note: '我委可以配合' }),
  pass: (api, doc) => api.pass({ ...on(doc), note: '' }),
  review: (api, doc) => api.review({ ...on(doc), outcome: 'filed', note: '建议立案', unitIds: [] }),
  return: (api, doc) => api.sendBack({ ...on(doc), note: '请补充' }),
  not_adopt: (api, doc) => api.notAdopt({ ...on(doc), reason: 'vague', note: '' }),
  file: (api, doc) => api.fileProposal(on(doc)),
  merge: async (api, doc, stage) => api.merge({ ...on(doc), mainId: doc.kind === 'proposal' ? await stage.mainCase() : doc.id, note: '' }),
  reject: (api, doc) => api.reject({ ...on(doc), reason: 'vague', note: '' }),
  suggest: (api, doc) => api.suggest({ ...on(doc), note: '送单位参考' }),
  convert: (api, doc) => api.convert(on(doc)),
  ask_consent: (api, doc) => api.askConsent({ ...on(doc), note: '按社情民意办理更快' }),
  consent: (api, doc) => api.agreeConversion(on(doc)),
  decline: (api, doc) => api.declineConversion({ ...on(doc), note: '' }),
  decide_anew: (api, doc) => api.decideAnew({ ...on(doc), note: '' }),
  propose_edits: (api, doc) => api.proposeEdits({ ...on(doc), changes: [{ part: 'title', at: 0, after: '关于加强养老托育服务的建议', why: '' }], note: '' }),
  answer_edits: (api, doc) => api.answerEdits({ ...on(doc), accepted: [true], ...(doc.collective && { signature: { signer: '林致远', sealIds: [], signed: true as const } }) }),
  recall_edits: (api, doc) => api.recallEdits(on(doc)),
  refile: (api, doc) => api.refile({ ...on(doc), note: '重新核实后应当立案' }),
  unfile: (api, doc) => api.unfile({ ...on(doc), note: '立案有误' }),
  split: (api, doc) => api.split({ ...on(doc), note: '并案有误' }),
  drop: (api, doc) => api.drop(on(doc)),
  ask_drop: (api, doc) => api.askDrop({ ...on(doc), note: '已经解决' }),
  allow_drop: (api, doc) => api.allowDrop(on(doc)),
  plan: (api, doc) => api.planUnits({ ...on(doc), units: [{ unitId: 'u-yuanlin', role: 'sole' }], note: '' }),
  return_plan: (api, doc) => api.returnPlan({ ...on(doc), note: '单位不对' }),
  hand_over: (api, doc) => api.handOver(on(doc)),
  hold_meeting: (api, doc) => api.holdMeeting({ ...on(doc), note: '三方面商，达成一致' }),
  refuse_drop: (api, doc) => api.refuseDrop({ ...on(doc), note: '仍要办理' }),
  take_over: (api, doc) => api.takeOver({ ...on(doc), note: '时间紧' }),
  take: (api, doc) => api.take(on(doc)),
  ask_agree: (api, doc) => api.askAgree(on(doc)),
  agree: (api, doc) => api.agreeEdition(on(doc)),
  object: (api, doc) => api.objectEdition({ ...on(doc), note: '数字不对' }),
  send_check: (api, doc) => api.sendCheck(on(doc)),
  check: (api, doc) => api.check({ ...on(doc), note: '' }),
  rework: (api, doc) => api.rework({ ...on(doc), note: '请核实数字' }),
  sign: (api, doc) => api.sign(on(doc)),
  archive: (api, doc) => api.archiveReport({ ...on(doc), note: '已经解决' }),
  recall_issue: (api, doc) => api.recallIssue({ ...on(doc), note: '数字有误' }),
  reopen: (api, doc) => api.reopen(on(doc)),
  send: (api, doc) => api.send({ ...on(doc), channels: ['national'], unitIds: [] }),
  absorb: async (api, doc, stage) => { const done = await api.absorb({ ...on(doc), others: [on(await stage.spare())] }); stage.spent(); return done; },
  combine: async (api, doc, stage) => { await api.absorb({ ...on(await stage.lead()), others: [on(doc)], takeIt: true }); return { doc: await api.show({ id: doc.id }) }; },
  separate: (api, doc) => api.separate({ ...on(doc), note: '不是同一件事' }),
  record: async (api, doc) => {
    const { deliveries: [delivery] } = await api.listDeliveries({ id: doc.id });
    return api.record({ ...on(doc), deliveryId: delivery?.id ?? '000000000000000000', action: 'instruct', on: '2022-07-21', level: 'city', note: '', gist: '摘要' });
  },
};
const actions = Object.keys(attempts) as (keyof typeof attempts)[];
const statusOf = (asked: Promise<unknown>): Promise<number> => asked.then(() => 200, (error: { status?: number }) => error.status ?? 0);

describe.each(['opinion', 'proposal'] as const)('陷阱 17、27：每一种人 × %s 的每一种状态', (kind) => {
  let server: Serving;
  let stage: Stage;
  const reached = new Set<string>();
  const mayBeSeenBy = ({ seenBy, office: open, alone, of = 'author' }: Place): Who[] => [of, ...(alone ? [] : ['coAuthor' as const]), ...(open === false ? [] : office[kind]), ...seenBy];
  beforeAll(async () => { server = await serving(); stage = new Stage(server, kind); });
  afterAll(() => server.close());

  /** Asked to sign proposals: they know whose it is and how it is called, and nothing of what became of it. */
  const asked: readonly Who[] = kind === 'proposal' ? ['invited', 'declined', 'expired'] : [];
  /** Those who never see any of this kind, so that the author's name too must not reach them. */
  const strangers = everybody.filter((who) => !asked.includes(who) && !(kind === 'proposal' && office.opinion.includes(who as never)) && !Object.values(places[kind]).some((place) => mayBeSeenBy(place).includes(who)));
  const ofKind = actions.filter((action) => (kind === 'opinion' ? opinionActions : proposalActions).some((it) => it === action));
  /**
   * Those who see a document and are shown the same buttons try everything between them, in turn from place to place: the door that lets them in is one.
   * To whom it is not there, the door that answers 404 is one and the same for every action: they try three at each place, others from place to place and
   * from person to person, so that over all places each action was tried by nearly everybody.
   */
  function triedBy(who: Who, place: Place, can: ReadonlyMap<Who, readonly string[]>): typeof actions {
    const turn = Object.values(places[kind]).indexOf(place);
    const alike = mayBeSeenBy(place).filter((it) => String(can.get(it)) === String(can.get(who)));
    if (mayBeSeenBy(place).includes(who)) return ofKind.filter((_, at) => (at + turn) % alike.length === alike.indexOf(who));
    const from = everybody.indexOf(who) + turn * 3;
    return [0, 1, 2].flatMap((step) => ofKind[(from + step) % ofKind.length] ?? []);
  }
  /** Everything that is kept of one document, as one print. */
  const kept = (docId: string) => server.database.read(async (manager) => digest(JSON.stringify([
    await manager.findBy(Submission, { id: docId }), await manager.find(Move, { where: { docId }, order: { seq: 'ASC' } }), await manager.find(Assignment, { where: { docId }, order: { id: 'ASC' } }),
    await manager.find(OutboxRow, { where: { docId }, order: { id: 'ASC' } }), await manager.find(Note, { where: { submissionId: docId }, order: { moveId: 'ASC' } }), await manager.find(CreditEntry, { where: { evidenceId: docId }, order: { id: 'ASC' } }),
  ])));
  /** All that the product shows this person, by every way out. */
  async function shown(who: Who, { title, text }: SubmissionView): Promise<string> {
    const api = await server.as(people[who]);
    const unlessForbidden = (asked: Promise<unknown>) => asked.catch((error: { status?: number }) => { if (error.status !== 403) throw error; return []; });
    const boxes = (['triage', 'review', 'mine', 'edit', 'visits', 'handling'] as const).map((box) => api.listTasks({ box, limit: 100 }));
    const lists = [api.listIssues({ limit: 100 }), api.listLedger({ limit: 100 }), api.list({ kind, limit: 100 }), api.listMine({ limit: 100 }), api.listHandlings({ limit: 100 }), api.suggestRoute({ title, body: text.situation }), api.listVisits({ limit: 100 })].map(unlessForbidden);
    return JSON.stringify(await Promise.all([api.home({}), api.findDocuments({ query: '矩阵', limit: 100 }), api.findDocuments({ query: '', limit: 100 }), api.listNotices({ limit: 100 }), api.countTasks({}), ...boxes, ...lists]));
  }

  describe('一个状态一件', () => {
    const made = new Map<string, SubmissionView>();
    beforeAll(async () => {
      for (const [name, place] of Object.entries(places[kind])) {
        const doc = await place.make(stage);
        made.set(name, doc);
        reached.add(doc.state);
      }
      server.clock.shift(11_000);
    });

    test.each(Object.entries(places[kind]))('%s：详情、附件、撤销只有该看到的人能用', async (name, place) => {
      const doc = made.get(name) as SubmissionView;
      const [seers, before, last] = [mayBeSeenBy(place), await kept(doc.id), await server.database.read((manager) => manager.findOneByOrFail(Move, { docId: doc.id, seq: doc.version }))];
      await Promise.all(everybody.map(async (who) => {
        const [api, sees] = [await server.as(people[who]), seers.includes(who)];
        expect([who, await statusOf(api.show({ id: doc.id }))]).toEqual([who, sees ? 200 : 404]);
        const own = doc.state === 'sent' ? await api.listDeliveries({ id: doc.id }).catch(() => ({ deliveries: [] })) : { deliveries: [] };
        const [entry] = own.deliveries.flatMap(({ entries }) => entries.filter(({ action }) => action === 'instruct'));
        const reads = ['editor', 'director', 'chair'].includes(who);
        const instruction = entry ? [entry.gist, entry.hasText, await statusOf(api.showInstruction({ id: entry.id }))] : [];
        expect([who, instruction]).toEqual([who, doc.state === 'sent' && sees ? [reads ? restricted[0] : null, reads, reads ? 200 : 403] : []]);
        expect([who, await statusOf(api.openFile({ id: doc.files[0]?.id ?? '' }))]).toEqual([who, sees || place.lent?.includes(who) ? 200 : 404]);
        // Who made the last move is told that it is too late; nobody else may take it back.
        expect([who, await statusOf(api.undo({ id: doc.id, moveId: last.id }))]).toEqual([who, sees || last.personId === people[who] ? 409 : 404]);
      }));
      expect(await kept(doc.id)).toBe(before);
    });

    test.each(everybody)('%s 的首页、列表、待办、通知、件数和分送建议里，没有不该看到的标题、收件号和作者', async (who) => {
      const docs = Object.entries(places[kind]).map(([name, place]) => ({ doc: made.get(name) as SubmissionView, sees: mayBeSeenBy(place).includes(who), lent: place.lent?.includes(who) === true }));
      const everything = await shown(who, docs[0]?.doc as SubmissionView);
      // What became a report is seen, under the same title and a number of its own kind, by those who see the report.
      const reports = docs.flatMap(({ doc: { linked } }) => linked?.receiptNo ?? []);
      for (const { doc, sees, lent } of docs) {
        const found = [...(doc.state === 'to_opinion' || lent || asked.includes(who) ? [] : [doc.title]), doc.receiptNo ?? doc.id].filter((it) => !reports.includes(it) && everything.includes(it));
        expect([doc.title, found.length === 0 || sees]).toEqual([doc.title, true]);
      }
      // What a leader wrote is in no list, notice or view, not even of those who may read it one by one.
      expect(restricted.filter((it) => (JSON.stringify(docs) + everything).includes(it))).toEqual([]);
      // Whoever did not sign is named to nobody, the first proposer among them.
      expect(asked.filter((it) => it !== who && everything.includes(nameOf(it)))).toEqual([]);
      expect(strangers.includes(who) && everything.includes(docs[0]?.doc.author.name ?? '')).toBe(false);
      expect((who === 'author' || who === 'bodyAccount' || office[kind].includes(who as never)) && docs.some(({ doc, sees }) => sees && !everything.includes(doc.title))).toBe(false);
    });

    if (kind === 'proposal') {
      test('正在受邀联名的只看到自己那一份的全文；不联名的、没有答复的再看不到全文；谁也不能替别人答复', async () => {
        const { title, invitationId } = await stage.asking();
        const seen = await Promise.all(everybody.map(async (who) => { const api = await server.as(people[who]); return [who, await statusOf(api.showInvitation({ id: invitationId })), await statusOf(api.cosign({ id: invitationId, version: -1 })), (await shown(who, made.get('在分办台') as SubmissionView)).includes(title)]; }));
        // The first proposer knows of it and cannot sign; to everybody else it is not there, or they may not ask at all.
        expect(seen.map(([who, read, sign, named]) => [who, read, [403, 404].includes(Number(sign)), named])).toEqual(everybody.map((who) => [who, who === 'invited' ? 200 : 404, who !== 'invited' && who !== 'author', who === 'invited']));
        for (const who of ['declined', 'expired'] as const) {
          const [row] = (await (await server.as(people[who])).listInvitations({ limit: 1 })).rows;
          expect(await (await server.as(people[who])).showInvitation({ id: row?.id ?? '' })).toMatchObject({ state: 'unsigned', text: { situation: '' }, length: 0, files: [], signers: [], proposalId: null, can: [] });
        }
        expect((await (await server.as(people.coAuthor)).listInvitations({ limit: 1 })).rows[0]?.proposalId).not.toBeNull();
      });
    }

    test('每一种状态都在这张表里', () => {
      expect([...reached].sort()).toEqual([...kind === 'opinion' ? opinionStates : proposalStates].sort());
      expect(strangers.length).toBeGreaterThan(8);
    });
  });

  test.each(Object.entries(places[kind]))('%s：看到的按钮恰好是服务器接受的操作，不接受的什么也不改', async (_, place) => {
    stage.withFiles = false;
    let doc = await place.make(stage);
    const can = new Map(await Promise.all(everybody.map(async (who) => [who, mayBeSeenBy(place).includes(who) ? (await (await server.as(people[who])).show({ id: doc.id })).can : []] as const)));
    const before = await kept(doc.id);
    const refused = everybody.flatMap((who) => triedBy(who, place, can).filter((action) => can.get(who)?.includes(action) !== true).map(async (action) => ({ who, action, status: await statusOf(attempts[action](await server.as(people[who]), doc, stage)) })));
    expect((await Promise.all(refused)).filter(({ status }) => ![403, 404, 409].includes(status))).toEqual([]);
    expect(await kept(doc.id)).toBe(before);
    for (const [who, allowed] of can) {
      const api = await server.as(people[who]);
      for (const action of actions.filter((it) => allowed.includes(it))) {
        const done = await attempts[action](api, doc, stage).catch((error: unknown) => { throw new Error(`${who} may ${action}, but: ${String(error)}`); });
        expect([who, action, done.doc.version > doc.version]).toEqual([who, action, true]);
        // Back to the same place: taken back where that is possible, otherwise another one.
        doc = done.undo ? (await api.undo({ id: doc.id, moveId: done.undo.moveId })).doc : await place.make(stage);
      }
    }
  });

  test('角标上的件数等于列表里的行数', async () => {
    for (const who of everybody) {
      const api = await server.as(people[who]);
      const counts: Answer<typeof routes.countTasks> = await api.countTasks({});
      for (const box of ['triage', 'review', 'mine', 'edit', 'visits'] as const) expect([who, box, counts[box]]).toEqual([who, box, Math.min(99, (await all((after) => api.listTasks({ box, limit: 100, ...after }))).length)]);
      expect([who, counts.unread]).toEqual([who, Math.min(99, (await all((after) => api.listNotices({ filter: 'unread', limit: 100, ...after }))).length)]);
    }
  });

  test('主任自己写的，在自己的专委会也不能自己审，副主任可以', async () => {
    const head = await server.as(people.head);
    const { doc } = await head.submit({ ...stage.form(), key: `own-work-${kind}` });
    const assigned = await stage.as(office[kind][0], async (api) => (await api.assign({ ...on(doc), committeeId: 'c-shefa' })).doc);
    expect((await head.show({ id: doc.id })).can).toEqual(['withdraw']);
    expect(await statusOf(head.startReview(on(assigned)))).toBe(409);
    expect(await statusOf((await server.as(people.viceHead)).startReview(on(assigned)))).toBe(200);
  });
});

async function all<T>(page: (after: { after?: string }) => Promise<{ rows: T[]; next: string | null }>): Promise<T[]> {
  const rows: T[] = [];
  for (let after: { after?: string } | undefined = {}; after;) {
    const { rows: more, next } = await page(after);
    rows.push(...more);
    after = next === null ? undefined : { after: next };
  }
  return rows;
}
