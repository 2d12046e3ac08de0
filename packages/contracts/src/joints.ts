import { cosignActions, cosignStates } from '@lvzhi/domain';
import * as v from 'valibot';
import { fileView } from './files.ts';
import { after, at, choice, chosen, due, id, key, limit, optionalText, page, several, text, version } from './pieces.ts';
import { person } from './people.ts';
import { route } from './route.ts';

const can = v.array(v.picklist(cosignActions));
const written = v.object({ title: v.string(), situation: v.string(), analysis: v.string(), suggestion: v.string() });
/** One member's invitation as that member sees it. `first`: the first proposer; `proposalId`: once it is handed in and this member has signed. */
export const invitationRow = v.object({
  id: v.string(), state: v.picklist(cosignStates), stateWords: v.string(), title: v.string(), first: person, askedAt: at, signedAt: v.nullable(at), due: v.nullable(due), textNo: v.number(),
  proposalId: v.nullable(v.string()), version: v.number(), can,
});
export type InvitationRow = v.InferOutput<typeof invitationRow>;
/** `text`: what was asked about, as long as this member is asked or has signed; `before`: the text that this member signed last, where it is another; `signers`: who has signed that same text. Nobody else is named. */
const invitationView = v.object({ ...invitationRow.entries, text: written, before: v.nullable(written), length: v.number(), files: v.array(fileView), signers: v.array(person) });
export type InvitationView = v.InferOutput<typeof invitationView>;

/** What the first proposer sees of those who were invited: 待答复, 已联名 or 未联名 and no more. `text`: the one that is to be signed now; `of`: the proposal that it mends. */
const jointView = v.object({
  textNo: v.number(), text: written, fileIds: v.array(v.string()), most: v.number(), of: v.nullable(v.object({ id: v.string(), version: v.number() })),
  rows: v.array(v.object({ id: v.string(), person, state: v.picklist(cosignStates), stateWords: v.string(), signedAt: v.nullable(at), due: v.nullable(due), version: v.number(), can })),
});
export type JointView = v.InferOutput<typeof jointView>;

const on = { id, version, key: v.optional(key) };
const members = ['write_proposal'] as const;
const answered = v.object({ doc: invitationView });
const which = { draftKey: text('草稿', 64), ofId: chosen('提案') };

/** 联名 (rules: duty-rules §1.1, §1.9): the first proposer invites, each invited member signs this very text or not. */
export const joints = {
  inviteSigners: route({ method: 'POST', path: '/joints', summary: '邀请委员联名，钉住现在的文字；文字改过的，已联名的也重新请', who: members,
    input: v.object({ ...which, title: text('标题', 200), situation: text('情况', 20_000), analysis: optionalText('原因分析', 20_000), suggestion: optionalText('建议', 20_000), fileIds: several('附件', 40), personIds: several('联名委员', 100) }), output: v.object({ joint: jointView }) }),
  showJoint: route({ method: 'GET', path: '/joints', summary: '我的草稿邀请了谁联名，各是什么情况', who: members, input: v.object(which), output: v.object({ joint: v.nullable(jointView) }) }),
  callOff: route({ method: 'POST', path: '/cosigns/:id/call_off', summary: '取消一位的邀请或者联名（提交以前）', who: members, input: v.object(on), output: v.object({ joint: jointView }) }),
  listInvitations: route({ method: 'GET', path: '/cosigns', summary: '请我联名的，最近的在前', who: 'signed_in', input: v.object({ after, limit }), output: page(invitationRow) }),
  showInvitation: route({ method: 'GET', path: '/cosigns/:id', summary: '一份联名邀请：全文、第一提案人、已经联名的人', who: 'signed_in', input: v.object({ id }), output: invitationView }),
  cosign: route({ method: 'POST', path: '/cosigns/:id/sign', summary: '同意联名这一稿', who: members, input: v.object({ ...on, publicity: choice('是否同意公开') }), output: answered }),
  declineCosign: route({ method: 'POST', path: '/cosigns/:id/decline', summary: '不联名；不用理由，也不告诉别人', who: members, input: v.object(on), output: answered }),
  takeBackCosign: route({ method: 'POST', path: '/cosigns/:id/take_back', summary: '立案以前撤回联名', who: members, input: v.object(on), output: answered }),
} as const;
