/** The flows as a table that a person of the office could check. Whoever changes a flow changes the table here, and a reviewer sees it. */
import { describe, expect, test } from '@jest/globals';
import { entryPosts, postCodes, systemActor } from '../src/actor.ts';
import type { Actor, HeldPost, PostCode } from '../src/actor.ts';
import { cosignActions, cosignFlow, cosignStates } from '../src/flows/cosign.flow.ts';
import type { CosignFacts } from '../src/flows/cosign.flow.ts';
import { entryActions, entryFlow, entryStates } from '../src/flows/entry.flow.ts';
import type { EntryFacts } from '../src/flows/entry.flow.ts';
import { handlingActions, handlingFlow, handlingStates, planFault } from '../src/flows/handling.flow.ts';
import type { HandlingFacts } from '../src/flows/handling.flow.ts';
import { opinionActions, opinionFlow, opinionStates } from '../src/flows/opinion.flow.ts';
import type { OpinionFacts } from '../src/flows/opinion.flow.ts';
import { proposalActions, proposalFlow, proposalStates } from '../src/flows/proposal.flow.ts';
import type { ProposalFacts } from '../src/flows/proposal.flow.ts';
import { ratingActions, ratingFlow, ratingStates } from '../src/flows/rating.flow.ts';
import type { RatingFacts } from '../src/flows/rating.flow.ts';
import { visitActions, visitFlow, visitStates } from '../src/flows/visit.flow.ts';
import type { VisitFacts } from '../src/flows/visit.flow.ts';
import { taskWords } from '../src/words.ts';
import { actionsFor, diagramOf, judge, move, Refused, taskActions } from '../src/workflow.ts';
import type { Document, Flow } from '../src/workflow.ts';
import { commenting, elsewhere, here, person, termId } from './people.ts';

/** One person in one post, as they stand to the document. */
interface Standing { readonly post: PostCode; readonly at: 'holder' | 'co' | 'other'; readonly author: boolean; readonly visitor: boolean }
type Who = (it: Standing) => boolean;

const opinion = (facts: Partial<OpinionFacts>): OpinionFacts => ({ state: 'draft', authorId: 'author', committeeId: null, coCommitteeIds: [], urgent: false, editorId: null, consent: 'off', reviewed: false, ...facts });
const proposal = (facts: Partial<ProposalFacts>): ProposalFacts => ({ state: 'draft', authorId: 'author', committeeId: null, coCommitteeIds: [], reviewed: false, decider: 'proposal_office', dropAsked: false, side: null, ...facts });
const visit = (facts: Partial<VisitFacts>): VisitFacts => ({ state: 'notified', authorId: 'author', committeeId: null, coCommitteeIds: [], leaderIds: ['visitor'], begun: false, told: true, ...facts });
const entry = (facts: Partial<EntryFacts>): EntryFacts => ({ state: 'entering', authorId: 'author', committeeId: here, coCommitteeIds: [], clerkId: 'clerk', means: 'confirm', ...facts });
const handling = (facts: Partial<HandlingFacts>): HandlingFacts => ({
  state: 'handling', authorId: 'author', committeeId: here, coCommitteeIds: [], role: 'lead', side: 'government', handed: true, signed: true, objectable: true, reassignAsked: false, reassignRefused: false, extensionAsked: false, extended: false, atCap: false, askedTalks: [], talks: 0, draft: 'none', assists: 0, signedAll: false, urgeAgainOn: null, ...facts,
});
const cosign = (facts: Partial<CosignFacts>): CosignFacts => ({ state: 'asked', authorId: 'author', committeeId: null, coCommitteeIds: [], clerkId: 'visitor', begun: true, firstId: 'visitor', textNo: 1, currentNo: 1, handedIn: false, anew: false, filed: false, ...facts });
const rating = (facts: Partial<RatingFacts>): RatingFacts => ({ state: 'asked', authorId: 'author', committeeId: null, coCommitteeIds: [], begun: true, overdue: false, reminded: false, ...facts });
const at = { committeeId: here, coCommitteeIds: [commenting] };

const one = (...posts: readonly PostCode[]) => ({ post }: Standing) => posts.includes(post);
const heads = one('committee_head', 'committee_vice_head');
const editors = one('information_editor', 'office_director');
const committee = one('committee_head', 'committee_vice_head', 'committee_staff');

/** `action | situation | situation …`: each cell names who may; `·` nobody. */
const tableOf = (text: string): { situations: string[]; rows: Map<string, string[]> } => {
  const [first = [], ...rest] = text.trim().split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  return { situations: first.slice(1), rows: new Map(rest.map(([action = '', ...cells]) => [action, cells])) };
};

const opinionWho: Record<string, Who> = {
  作者: ({ author, post }) => author && ['member', 'body_account', 'informant', 'township_liaison', 'committee_staff'].includes(post),
  代录: (it) => !it.author && one(...entryPosts)(it),
  系统: one('system'),
  分办: (it) => !it.author && editors(it),
  主任: (it) => !it.author && it.at === 'holder' && heads(it),
  干部: (it) => !it.author && it.at === 'holder' && it.post === 'committee_staff',
  协办: (it) => !it.author && it.at === 'co' && committee(it),
  领办人: (it) => !it.author && !it.visitor && editors(it),
  别的编辑: (it) => it.visitor && editors(it),
  办公室主任: (it) => !it.author && it.post === 'office_director',
  签发人: (it) => !it.author && one('chair', 'vice_chair', 'secretary_general')(it),
};
const opinionSituations: Record<string, OpinionFacts> = {
  草稿: opinion({}),
  纸质代录中: opinion({ onPaper: true }),
  提案转来中: opinion({ ofProposal: true }),
  待初审在分办台: opinion({ state: 'submitted' }),
  特急在分办台: opinion({ state: 'submitted', urgent: true }),
  待初审在专委会: opinion({ state: 'submitted', ...at }),
  初审中: opinion({ state: 'first_review', ...at }),
  分办台退回: opinion({ state: 'returned' }),
  专委会退回: opinion({ state: 'returned', ...at }),
  编辑退回后再交: opinion({ state: 'submitted', ...at, editorId: 'another' }),
  待领办: opinion({ state: 'editing', ...at }),
  编辑中: opinion({ state: 'editing', ...at, editorId: 'another' }),
  待征求: opinion({ state: 'editing', ...at, editorId: 'another', consent: 'needed' }),
  已同意: opinion({ state: 'editing', ...at, editorId: 'another', consent: 'given' }),
  不同意: opinion({ state: 'editing', ...at, editorId: 'another', consent: 'refused' }),
  征求意见: opinion({ state: 'consenting', ...at, editorId: 'another', consent: 'needed' }),
  待审核: opinion({ state: 'pending_signoff', ...at, editorId: 'another' }),
  待签发: opinion({ state: 'pending_signoff', ...at, editorId: 'another', reviewed: true }),
  已编发: opinion({ state: 'issued', ...at, editorId: 'another', reviewed: true }),
  已报送: opinion({ state: 'sent', ...at, editorId: 'another', reviewed: true }),
  已收回: opinion({ state: 'recalled', ...at, editorId: 'another', reviewed: true }),
  分办台不予采用: opinion({ state: 'not_adopted' }),
  专委会不予采用: opinion({ state: 'not_adopted', ...at }),
  留存备查: opinion({ state: 'archived', ...at }),
  已合并: opinion({ state: 'merged', ...at }),
};
const opinionTable = `
 做什么       | 草稿 | 纸质代录中 | 提案转来中 | 待初审在分办台 | 特急在分办台 | 待初审在专委会 | 初审中    | 分办台退回 | 专委会退回 | 编辑退回后再交 | 待领办 | 编辑中   | 待征求   | 已同意   | 不同意   | 征求意见 | 待审核     | 待签发            | 已编发            | 已报送            | 已收回 | 分办台不予采用 | 专委会不予采用 | 留存备查 | 已合并
 submit       | 作者 | 作者       | 作者       | ·              | ·            | ·              | ·         | 作者       | 作者       | ·              | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 enter        | ·    | 代录       | ·          | ·              | ·            | ·              | ·         | ·          | ·          | ·              | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 born         | ·    | ·          | 系统       | ·              | ·            | ·              | ·         | ·          | ·          | ·              | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 route        | ·    | ·          | ·          | 系统           | 系统         | ·              | ·         | ·          | ·          | ·              | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 forward      | ·    | ·          | ·          | ·              | 系统         | ·              | ·         | ·          | ·          | ·              | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 resume       | ·    | ·          | ·          | ·              | ·            | ·              | ·         | ·          | ·          | 系统           | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 withdraw     | ·    | ·          | ·          | 作者           | 作者         | 作者           | ·         | ·          | ·          | 作者           | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 assign       | ·    | ·          | ·          | 分办           | 分办         | ·              | ·         | ·          | ·          | ·              | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 recall       | ·    | ·          | ·          | ·              | ·            | 分办           | 分办      | ·          | ·          | 分办           | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 reroute      | ·    | ·          | ·          | ·              | ·            | 主任 干部      | 主任 干部 | ·          | ·          | 主任 干部      | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 start_review | ·    | ·          | ·          | ·              | ·            | 主任 干部      | ·         | ·          | ·          | 主任 干部      | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 prepare      | ·    | ·          | ·          | ·              | ·            | 干部           | 干部      | ·          | ·          | 干部           | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 comment      | ·    | ·          | ·          | ·              | ·            | 协办           | 协办      | ·          | ·          | 协办           | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 pass         | ·    | ·          | ·          | ·              | ·            | 主任           | 主任      | ·          | ·          | 主任           | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 lapse        | ·    | ·          | ·          | ·              | ·            | 系统           | 系统      | ·          | ·          | 系统           | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 return       | ·    | ·          | ·          | 分办           | 分办         | 主任           | 主任      | ·          | ·          | 主任           | 分办   | 分办     | 分办     | 分办     | 分办     | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 not_adopt    | ·    | ·          | ·          | 分办           | 分办         | 主任           | 主任      | ·          | ·          | 主任           | 分办   | 分办     | 分办     | 分办     | 分办     | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 take_over    | ·    | ·          | ·          | 分办           | 分办         | 分办           | 分办      | ·          | ·          | 分办           | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 take         | ·    | ·          | ·          | ·              | ·            | ·              | ·         | ·          | ·          | ·              | 分办   | 别的编辑 | 别的编辑 | 别的编辑 | 别的编辑 | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 amend        | ·    | ·          | ·          | ·              | ·            | ·              | ·         | ·          | ·          | ·              | ·      | ·        | ·        | 领办人   | 领办人   | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 ask_agree    | ·    | ·          | ·          | ·              | ·            | ·              | ·         | ·          | ·          | ·              | ·      | ·        | 领办人   | ·        | 领办人   | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 agree        | ·    | ·          | ·          | ·              | ·            | ·              | ·         | ·          | ·          | ·              | ·      | ·        | ·        | ·        | ·        | 作者     | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 object       | ·    | ·          | ·          | ·              | ·            | ·              | ·         | ·          | ·          | ·              | ·      | ·        | ·        | ·        | ·        | 作者     | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 lapse_agree  | ·    | ·          | ·          | ·              | ·            | ·              | ·         | ·          | ·          | ·              | ·      | ·        | ·        | ·        | ·        | 系统     | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 send_check   | ·    | ·          | ·          | ·              | ·            | ·              | ·         | ·          | ·          | ·              | ·      | 领办人   | ·        | 领办人   | ·        | ·        | ·          | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 check        | ·    | ·          | ·          | ·              | ·            | ·              | ·         | ·          | ·          | ·              | ·      | ·        | ·        | ·        | ·        | ·        | 办公室主任 | ·                 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 rework       | ·    | ·          | ·          | ·              | ·            | ·              | ·         | ·          | ·          | ·              | ·      | ·        | ·        | ·        | ·        | ·        | 办公室主任 | 办公室主任 签发人 | ·                 | ·                 | ·      | ·              | ·              | · | ·
 sign         | ·    | ·          | ·          | ·              | ·            | ·              | ·         | ·          | ·          | ·              | ·      | ·        | ·        | ·        | ·        | ·        | ·          | 签发人            | ·                 | ·                 | ·      | ·              | ·              | · | ·
 archive      | ·    | ·          | ·          | 分办           | 分办         | ·              | ·         | ·          | ·          | ·              | 分办   | 分办     | 分办     | 分办     | 分办     | ·        | ·          | ·                 | ·                 | ·                 | 分办   | ·              | ·              | · | ·
 recall_issue | ·    | ·          | ·          | ·              | ·            | ·              | ·         | ·          | ·          | ·              | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | 办公室主任 签发人 | 办公室主任 签发人 | ·      | ·              | ·              | · | ·
 reopen       | ·    | ·          | ·          | ·              | ·            | ·              | ·         | ·          | ·          | ·              | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | ·                 | ·                 | 分办   | ·              | ·              | · | ·
 send         | ·    | ·          | ·          | ·              | ·            | ·              | ·         | ·          | ·          | ·              | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | 分办              | 分办              | ·      | ·              | ·              | · | ·
 record       | ·    | ·          | ·          | ·              | ·            | ·              | ·         | ·          | ·          | ·              | ·      | ·        | ·        | ·        | ·        | ·        | ·          | ·                 | ·                 | 分办              | ·      | ·              | ·              | · | ·
 absorb       | · | · | ·          | · | · | · | · | · | · | · | · | 领办人 | 领办人 | · | · | · | · | · | · | · | · | · | · | · | ·
 combine      | · | · | ·          | 分办 | 分办 | 分办 | 分办 | · | · | 分办 | 分办 | 分办 | 分办 | 分办 | 分办 | · | · | · | · | · | · | · | · | · | ·
 separate     | · | · | ·          | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 分办
 follow       | · | · | ·          | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 系统
`;

const proposalWho: Record<string, Who> = {
  作者: ({ author, post }) => author && ['member', 'body_account'].includes(post),
  代录: opinionWho['代录'] ?? (() => false),
  系统: one('system'),
  提案委办: (it) => !it.author && one('proposal_office')(it),
  审查委: (it) => !it.author && one('review_board')(it),
  市政府办: (it) => !it.author && one('dispatch_government')(it),
  主任: opinionWho['主任'] ?? (() => false),
  干部: opinionWho['干部'] ?? (() => false),
  协办: opinionWho['协办'] ?? (() => false),
};
const proposalSituations: Record<string, ProposalFacts> = {
  草稿: proposal({}),
  纸质代录中: proposal({ onPaper: true }),
  待审查在分办台: proposal({ state: 'submitted' }),
  待审查在专委会: proposal({ state: 'submitted', ...at }),
  审查中: proposal({ state: 'under_review', ...at }),
  已有初审意见: proposal({ state: 'under_review', ...at, reviewed: true }),
  大会已有意见: proposal({ state: 'under_review', ...at, reviewed: true, decider: 'review_board' }),
  审定退回再交: proposal({ state: 'submitted', ...at, reviewed: true }),
  分办台退回: proposal({ state: 'returned' }),
  专委会退回: proposal({ state: 'returned', ...at }),
  征求修改: proposal({ state: 'amending', ...at }),
  审定时征求修改: proposal({ state: 'amending', ...at, reviewed: true }),
  征求转办: proposal({ state: 'consent_asked', ...at, reviewed: true }),
  已立案: proposal({ state: 'filed', ...at, reviewed: true }),
  申请撤案: proposal({ state: 'filed', ...at, reviewed: true, dropAsked: true }),
  待交办: proposal({ state: 'planned', ...at, reviewed: true, side: 'government' }),
  待交办申请撤案: proposal({ state: 'planned', ...at, reviewed: true, side: 'government', dropAsked: true }),
  办理中: proposal({ state: 'handling', ...at, reviewed: true, side: 'government' }),
  办理中申请撤案: proposal({ state: 'handling', ...at, reviewed: true, side: 'government', dropAsked: true }),
  待评价: proposal({ state: 'replied', ...at, reviewed: true, side: 'government' }),
  重新办理: proposal({ state: 'rehandling', ...at, reviewed: true, side: 'government' }),
  待面商会: proposal({ state: 'meeting', ...at, reviewed: true, side: 'government' }),
  已办结: proposal({ state: 'closed', ...at, reviewed: true, side: 'government' }),
  已并案: proposal({ state: 'merged', ...at, reviewed: true }),
  转社情民意: proposal({ state: 'to_opinion', ...at, reviewed: true }),
  转意见建议: proposal({ state: 'to_suggestion', ...at, reviewed: true }),
  不予立案: proposal({ state: 'rejected', ...at, reviewed: true }),
  已撤案: proposal({ state: 'dropped', ...at, reviewed: true }),
  事先同意转: proposal({ state: 'under_review', ...at, reviewed: true, conversion: 'agree' }),
  事先不同意转: proposal({ state: 'under_review', ...at, reviewed: true, conversion: 'refuse' }),
  联名审查中: proposal({ state: 'under_review', ...at, coAuthorIds: ['together'] }),
  等重新联名: proposal({ state: 'signing_anew', ...at }),
  审定时等重新联名: proposal({ state: 'signing_anew', ...at, reviewed: true }),
};
const proposalTable = `
 做什么 | 草稿 | 纸质代录中 | 待审查在分办台 | 待审查在专委会 | 审查中 | 已有初审意见 | 大会已有意见 | 审定退回再交 | 分办台退回 | 专委会退回 | 征求修改 | 审定时征求修改 | 征求转办 | 已立案 | 申请撤案 | 待交办 | 待交办申请撤案 | 办理中 | 办理中申请撤案 | 待评价 | 重新办理 | 待面商会 | 已办结 | 已并案 | 转社情民意 | 转意见建议 | 不予立案 | 已撤案 | 事先同意转 | 事先不同意转 | 联名审查中 | 等重新联名 | 审定时等重新联名
 submit | 作者 | 作者 | · | · | · | · | · | · | 作者 | 作者 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 enter | · | 代录 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 route | · | · | 系统 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 withdraw | · | · | 作者 | 作者 | · | · | · | 作者 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 assign | · | · | 提案委办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 recall | · | · | · | 提案委办 | 提案委办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 提案委办 | · | ·
 reroute | · | · | · | 主任 干部 | 主任 干部 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 主任 干部 | · | ·
 start_review | · | · | · | 主任 干部 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 prepare | · | · | · | 干部 | 干部 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 干部 | · | ·
 comment | · | · | · | 协办 | 协办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 协办 | · | ·
 review | · | · | · | 主任 | 主任 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 主任 | · | ·
 return | · | · | 提案委办 | 主任 | 主任 | 提案委办 | 审查委 | 提案委办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 提案委办 | 提案委办 | 主任 | · | ·
 file | · | · | · | · | · | 提案委办 | 审查委 | 提案委办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 提案委办 | 提案委办 | · | · | ·
 merge | · | · | · | · | · | 提案委办 | 审查委 | 提案委办 | · | · | · | · | · | 提案委办 | 提案委办 | · | · | · | · | · | · | · | · | · | · | · | · | · | 提案委办 | 提案委办 | · | · | ·
 reject | · | · | · | · | · | 提案委办 | 审查委 | 提案委办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 提案委办 | 提案委办 | · | · | ·
 suggest | · | · | · | · | · | 提案委办 | 审查委 | 提案委办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 提案委办 | 提案委办 | · | · | ·
 ask_consent | · | · | · | · | · | 提案委办 | 审查委 | 提案委办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 convert | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 提案委办 | · | · | · | ·
 consent | · | · | · | · | · | · | · | · | · | · | · | · | 作者 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 decline | · | · | · | · | · | · | · | · | · | · | · | · | 作者 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 decide_anew | · | · | · | · | · | · | · | · | · | · | · | · | 提案委办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 propose_edits | · | · | · | 主任 干部 | 主任 干部 | 提案委办 | 审查委 | 提案委办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 提案委办 | 提案委办 | 主任 干部 | · | ·
 answer_edits | · | · | · | · | · | · | · | · | · | · | 作者 | 作者 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 recall_edits | · | · | · | · | · | · | · | · | · | · | 主任 干部 | 提案委办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 lapse_edits | · | · | · | · | · | · | · | · | · | · | 系统 | 系统 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 ask_signers | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 系统 | · | ·
 settle_signers | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 系统 | 系统
 refile | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 提案委办 | 提案委办 | · | · | · | · | · | ·
 unfile | · | · | · | · | · | · | · | · | · | · | · | · | · | 提案委办 | 提案委办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 split | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 提案委办 | · | · | · | · | · | · | · | · | ·
 drop | · | · | · | · | 作者 | 作者 | 作者 | 作者 | 作者 | 作者 | 作者 | 作者 | 作者 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 作者 | 作者 | 作者 | 作者 | 作者
 ask_drop | · | · | · | · | · | · | · | · | · | · | · | · | · | 作者 | · | 作者 | · | 作者 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 allow_drop | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 提案委办 | · | 提案委办 | · | 提案委办 | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 refuse_drop | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 提案委办 | · | 提案委办 | · | 提案委办 | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 plan | · | · | · | · | · | · | · | · | · | · | · | · | · | 提案委办 | · | 提案委办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 return_plan | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 提案委办 市政府办 | 提案委办 市政府办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 hand_over | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 市政府办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 change_units | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 系统 | 系统 | · | 系统 | · | · | · | · | · | · | · | · | · | · | · | ·
 all_replied | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 系统 | 系统 | · | 系统 | · | · | · | · | · | · | · | · | · | · | · | ·
 rehandle | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 系统 | · | · | · | · | · | · | · | · | · | · | · | · | ·
 call_meeting | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 系统 | · | · | · | · | · | · | · | · | · | · | · | · | ·
 close | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 系统 | · | · | · | · | · | · | · | · | · | · | · | · | ·
 hold_meeting | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 提案委办 | · | · | · | · | · | · | · | · | · | · | ·
 change_signers | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 系统 | 系统 | 系统 | 系统 | 系统
`;

const visitWho: Record<string, Who> = {
  受访委员: ({ author, post }) => author && post === 'member',
  委工委: one('member_affairs'),
  委工委他人: (it) => !it.author && it.post === 'member_affairs',
  走访人: (it) => it.visitor && one('chair', 'vice_chair', 'secretary_general')(it),
};
const visitSituations: Record<string, VisitFacts> = {
  未通知: visit({ told: false }),
  待回复: visit({}),
  待回复已过时: visit({ begun: true }),
  已确认: visit({ state: 'confirmed' }),
  已确认已过时: visit({ state: 'confirmed', begun: true }),
  提出改期: visit({ state: 'proposed' }),
  提出改期已过时: visit({ state: 'proposed', begun: true }),
  已改期: visit({ state: 'agreed' }),
  已改期已过时: visit({ state: 'agreed', begun: true }),
  已走访: visit({ state: 'visited', begun: true }),
  已取消: visit({ state: 'cancelled' }),
};
const visitTable = `
 做什么     | 未通知   | 待回复   | 待回复已过时 | 已确认   | 已确认已过时      | 提出改期 | 提出改期已过时 | 已改期   | 已改期已过时      | 已走访 | 已取消
 notify     | 委工委   | ·        | ·            | ·        | ·                 | ·        | ·              | ·        | ·                 | ·      | ·
 confirm    | 受访委员 | 受访委员 | ·            | ·        | ·                 | ·        | ·              | ·        | ·                 | ·      | ·
 propose    | 受访委员 | 受访委员 | ·            | 受访委员 | ·                 | ·        | ·              | 受访委员 | ·                 | ·      | ·
 agree      | ·        | ·        | ·            | ·        | ·                 | 委工委   | 委工委         | ·        | ·                 | ·      | ·
 reschedule | 委工委   | 委工委   | 委工委       | 委工委   | 委工委            | 委工委   | 委工委         | 委工委   | 委工委            | ·      | ·
 record     | ·        | ·        | 走访人 委工委他人 | ·        | 走访人 委工委他人 | ·        | ·              | ·        | 走访人 委工委他人 | ·      | ·
 cancel     | 委工委   | 委工委   | 委工委       | 委工委   | 委工委            | 委工委   | 委工委         | 委工委   | 委工委            | ·      | ·
`;

const entryWho: Record<string, Who> = {
  本人: ({ author, post }) => author && ['member', 'body_account', 'informant', 'township_liaison', 'committee_staff'].includes(post),
  录入处室: (it) => !it.author && it.at === 'holder' && one(...entryPosts)(it),
};
const entrySituations: Record<string, EntryFacts> = {
  正在录入: entry({}),
  正在录纸质件: entry({ means: 'paper' }),
  待本人确认: entry({ state: 'awaiting_confirmation' }),
  待更正: entry({ state: 'correction_asked' }),
  已提交: entry({ state: 'submitted' }),
  纸质已提交: entry({ state: 'submitted', means: 'paper' }),
  本人不同意: entry({ state: 'refused' }),
  已撤销: entry({ state: 'cancelled' }),
};
const entryTable = `
 做什么         | 正在录入 | 正在录纸质件 | 待本人确认 | 待更正   | 已提交 | 纸质已提交 | 本人不同意 | 已撤销
 enter          | 录入处室 | ·            | ·          | ·        | ·      | ·          | ·          | ·
 enter_paper    | ·        | 录入处室     | ·          | ·        | ·      | ·          | ·          | ·
 confirm_entry  | ·        | ·            | 本人       | ·        | ·      | ·          | ·          | ·
 ask_correction | ·        | ·            | 本人       | ·        | ·      | ·          | ·          | ·
 refuse_entry   | ·        | ·            | 本人       | 本人     | ·      | ·          | ·          | ·
 correct_entry  | ·        | ·            | 录入处室   | 录入处室 | ·      | ·          | ·          | ·
 cancel_entry   | ·        | ·            | 录入处室   | 录入处室 | ·      | ·          | ·          | ·
`;

const handlingWho: Record<string, Who> = {
  提案人: ({ author, post }) => author && ['member', 'body_account'].includes(post),
  承办: (it) => !it.author && it.at === 'holder' && one('unit_clerk', 'unit_supervisor')(it),
  承办负责人: (it) => !it.author && it.at === 'holder' && one('unit_supervisor')(it),
  市政府办: (it) => !it.author && one('dispatch_government')(it),
  提案委办: (it) => !it.author && it.post === 'proposal_office',
  市委办: (it) => !it.author && one('dispatch_party')(it),
  交办: one('dispatch_party', 'dispatch_government'),
  系统: one('system'),
};
const handlingSituations: Record<string, HandlingFacts> = {
  正在交办: handling({ state: 'assigned', handed: false, signed: false }),
  待签收: handling({ state: 'assigned', signed: false }),
  待签收已过改办期限: handling({ state: 'assigned', signed: false, objectable: false }),
  待签收申请改办: handling({ state: 'assigned', signed: false, reassignAsked: true }),
  办理中: handling({}),
  独办: handling({ role: 'sole', objectable: false }),
  党委系统分办: handling({ role: 'separate', side: 'party' }),
  申请改办: handling({ side: 'party', reassignAsked: true }),
  改办没有同意: handling({ reassignRefused: true }),
  申请延期: handling({ extensionAsked: true, objectable: false }),
  已延期: handling({ extended: true, objectable: false }),
  到了最长期限: handling({ atCap: true, objectable: false }),
  等确认面商: handling({ askedTalks: ['author'], objectable: false }),
  会办中: handling({ role: 'assist', objectable: false }),
  已会办: handling({ role: 'assist', state: 'opined', objectable: false, askedTalks: ['author'] }),
  写了一半: handling({ draft: 'partial', talks: 1, objectable: false }),
  写全了: handling({ draft: 'whole', talks: 1, objectable: false }),
  写全了没面商: handling({ draft: 'whole', objectable: false }),
  有会办没会签: handling({ draft: 'whole', talks: 1, assists: 2, objectable: false }),
  有会办已会签: handling({ draft: 'whole', talks: 1, assists: 2, signedAll: true, objectable: false }),
  会签中: handling({ state: 'countersigning', role: 'assist', objectable: false }),
  已会签: handling({ state: 'countersigned', role: 'assist', objectable: false }),
  答复审核: handling({ state: 'reply_review', draft: 'whole', talks: 1 }),
  待送达: handling({ state: 'ready', draft: 'whole', talks: 1 }),
  已答复: handling({ state: 'replied', draft: 'whole', talks: 1 }),
  跟踪: handling({ state: 'tracking', draft: 'whole', talks: 1 }),
  已解决: handling({ state: 'solved', draft: 'whole', talks: 1 }),
  已改办: handling({ state: 'reassigned' }),
  已停办: handling({ state: 'stopped' }),
};
const handlingTable = `
 做什么 | 正在交办 | 待签收 | 待签收已过改办期限 | 待签收申请改办 | 办理中 | 独办 | 党委系统分办 | 申请改办 | 改办没有同意 | 申请延期 | 已延期 | 到了最长期限 | 等确认面商 | 会办中 | 已会办 | 写了一半 | 写全了 | 写全了没面商 | 有会办没会签 | 有会办已会签 | 会签中 | 已会签 | 答复审核 | 待送达 | 已答复 | 跟踪 | 已解决 | 已改办 | 已停办
 hand | 交办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 sign_for | 承办 | 承办 | 承办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 ask_reassign | 承办 | 承办 | · | · | 承办 | · | 承办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 reassign | · | · | · | 市政府办 | · | · | · | 市委办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 refuse_reassign | · | · | · | 市政府办 | · | · | · | 市委办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 give_opinion | · | · | · | · | · | · | · | · | · | · | · | · | · | 承办 | 承办 | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 record_talk | · | · | · | · | 承办 | 承办 | 承办 | · | 承办 | 承办 | 承办 | 承办 | 承办 | 承办 | 承办 | 承办 | 承办 | 承办 | 承办 | 承办 | 承办 | 承办 | · | · | · | · | · | · | ·
 confirm_talk | · | · | · | · | · | · | · | · | · | · | · | · | 提案人 | · | 提案人 | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 deny_talk | · | · | · | · | · | · | · | · | · | · | · | · | 提案人 | · | 提案人 | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 ask_extension | · | · | · | · | 承办 | 承办 | 承办 | · | 承办 | · | · | · | 承办 | · | · | 承办 | 承办 | 承办 | 承办 | 承办 | · | · | · | · | · | · | · | · | ·
 allow_extension | · | · | · | · | · | · | · | · | · | 市政府办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 refuse_extension | · | · | · | · | · | · | · | · | · | 市政府办 | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | ·
 stop | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | · | · | · | · | ·
 draft_reply | · | · | · | · | 承办 | 承办 | 承办 | · | 承办 | 承办 | 承办 | 承办 | 承办 | · | · | 承办 | 承办 | 承办 | 承办 | 承办 | · | · | · | · | · | · | · | · | ·
 ask_countersign | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 承办 | · | · | · | · | · | · | · | · | · | ·
 call_countersign | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | · | 系统 | · | · | · | · | · | · | ·
 countersign | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 承办 | · | · | · | · | · | · | · | ·
 object_reply | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 承办 | · | · | · | · | · | · | · | ·
 submit_reply | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 承办负责人 | · | · | 承办负责人 | · | · | · | · | · | · | · | · | ·
 return_reply | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 市政府办 | · | · | · | · | · | ·
 approve_reply | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 市政府办 | · | · | · | · | · | ·
 release | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 市政府办 | · | · | · | · | ·
 redo | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 系统 | · | · | · | ·
 track | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 系统 | · | · | · | ·
 report_progress | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 承办 | · | · | ·
 resolve | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | · | 承办负责人 | · | · | ·
 urge | 提案委办 市政府办 | 提案委办 市政府办 | 提案委办 市政府办 | · | 提案委办 市政府办 | 提案委办 市政府办 | 提案委办 市委办 | · | 提案委办 市政府办 | · | 提案委办 市政府办 | 提案委办 市政府办 | 提案委办 市政府办 | 提案委办 市政府办 | · | 提案委办 市政府办 | 提案委办 市政府办 | 提案委办 市政府办 | 提案委办 市政府办 | 提案委办 市政府办 | 提案委办 市政府办 | · | · | · | · | · | · | · | ·
`;

const ratingWho: Record<string, Who> = { 提案人: ({ author, post }) => author && ['member', 'body_account'].includes(post), 提案委办: (it) => !it.author && it.post === 'proposal_office', 系统: one('system') };
const ratingSituations: Record<string, RatingFacts> = {
  正在请评价: rating({ begun: false }), 待评价: rating({}), 已到期: rating({ overdue: true }), 提醒过但没到期: rating({ reminded: true }), 到期又提醒过: rating({ overdue: true, reminded: true }), 已评价: rating({ state: 'given' }), 未反馈: rating({ state: 'lapsed' }), 等再次答复: rating({ state: 'superseded' }),
};
const ratingTable = `
 做什么 | 正在请评价 | 待评价 | 已到期 | 提醒过但没到期 | 到期又提醒过 | 已评价 | 未反馈 | 等再次答复
 ask_rating | 系统 | · | · | · | · | · | · | ·
 rate | 提案人 | 提案人 | 提案人 | 提案人 | 提案人 | · | · | ·
 key_paper | 提案委办 | 提案委办 | 提案委办 | 提案委办 | 提案委办 | · | · | ·
 lapse_rating | · | · | · | · | 提案委办 | · | · | ·
 supersede | 系统 | 系统 | 系统 | 系统 | 系统 | · | · | ·
`;

const cosignWho: Record<string, Who> = { 受邀委员: ({ author, post }) => author && post === 'member', 第一提案人: (it) => it.visitor && it.post === 'member', 系统: one('system') };
const cosignSituations: Record<string, CosignFacts> = {
  正在邀请: cosign({ begun: false }), 待答复: cosign({}), 待答复的文字改了: cosign({ currentNo: 2 }), 待答复已提交: cosign({ handedIn: true }), 已联名: cosign({ state: 'signed' }), 联名后文字改了: cosign({ state: 'signed', currentNo: 2 }), 联名后已提交: cosign({ state: 'signed', handedIn: true }), 联名后已立案: cosign({ state: 'signed', handedIn: true, filed: true }), 未联名: cosign({ state: 'unsigned' }), 未联名已提交: cosign({ state: 'unsigned', handedIn: true }),
  等重新联名: cosign({ handedIn: true, anew: true, textNo: 2, currentNo: 2 }), 修改建议改了文字: cosign({ state: 'signed', handedIn: true, anew: true, currentNo: 2 }), 重新联名后: cosign({ state: 'signed', handedIn: true, anew: true, textNo: 2, currentNo: 2 }),
};
const cosignTable = `
 做什么 | 正在邀请 | 待答复 | 待答复的文字改了 | 待答复已提交 | 已联名 | 联名后文字改了 | 联名后已提交 | 联名后已立案 | 未联名 | 未联名已提交 | 等重新联名 | 修改建议改了文字 | 重新联名后
 ask_cosign | 第一提案人 | · | · | · | · | · | · | · | · | · | · | · | ·
 ask_again | · | · | 第一提案人 | · | · | 第一提案人 | · | · | 第一提案人 | · | · | · | ·
 ask_anew | · | · | · | · | · | · | · | · | · | · | · | 系统 | ·
 sign_on_paper | 系统 | · | · | · | · | · | · | · | · | · | · | · | ·
 cosign | 受邀委员 | 受邀委员 | · | · | · | · | · | · | · | · | 受邀委员 | · | ·
 decline_cosign | 受邀委员 | 受邀委员 | 受邀委员 | · | · | · | · | · | · | · | 受邀委员 | · | ·
 take_back_cosign | · | · | · | · | 受邀委员 | 受邀委员 | 受邀委员 | · | · | · | · | 受邀委员 | 受邀委员
 call_off | 第一提案人 | 第一提案人 | 第一提案人 | · | 第一提案人 | 第一提案人 | · | · | · | · | 第一提案人 | · | ·
 lapse_cosign | 系统 | 系统 | 系统 | 系统 | 系统 | 系统 | · | · | · | · | 系统 | · | ·
`;

const bySystem = ['change_units', 'stop', 'all_replied', 'rehandle', 'call_meeting', 'close', 'call_countersign', 'redo', 'track', 'ask_rating', 'supersede', 'change_signers', 'ask_signers', 'settle_signers', 'ask_anew', 'sign_on_paper', 'lapse_cosign', 'born', 'route', 'forward', 'resume', 'lapse', 'lapse_agree', 'lapse_edits', 'follow'];
const bodies = { holder: here, co: commenting, other: elsewhere } as const;
const standings: Standing[] = postCodes.flatMap((post) => (['holder', 'co', 'other'] as const).flatMap((where) =>
  [[true, false], [false, false], [false, true]].map(([author = false, visitor = false]) => ({ post, at: where, author, visitor }))));
const actorOf = ({ post, at: where, author, visitor }: Standing): Actor => person(author ? 'author' : visitor ? 'visitor' : 'another', `${post}@${bodies[where]}`);

interface Specified<A extends string, S extends string, D extends Document<S>> {
  readonly flow: Flow<A, S, D>; readonly actions: readonly A[]; readonly states: readonly S[];
  readonly situations: Record<string, D>; readonly who: Record<string, Who>; readonly table: string;
  /** Where what is built so far ends: nobody can move on. */
  readonly ends: readonly string[];
}
const cellsOf = (table: string) => {
  const { situations, rows } = tableOf(table);
  return situations.flatMap((situation, column) => [...rows].map(([action, cells]) => ({ situation, action, allowed: (cells[column] ?? '').split(' ').filter((it) => it !== '·') })));
};

/** A specification of one flow; generic, so that each flow keeps its own types. */
function specify<A extends string, S extends string, D extends Document<S>>({ flow, actions, states, situations, who, table, ends }: Specified<A, S, D>): void {
  const cells = cellsOf(table);
  const docs = Object.values(situations);
  const everyone = standings.map(actorOf);

  test('表里的每一行、每一列都是真的动作和处境，一个不少', () => {
    const { situations: columns, rows } = tableOf(table);
    expect([...rows.keys()]).toEqual([...actions]);
    expect(columns).toEqual(Object.keys(situations));
    for (const cell of rows.values()) expect(cell).toHaveLength(columns.length);
    for (const name of cells.flatMap(({ allowed }) => allowed)) expect(Object.keys(who)).toContain(name);
    expect(new Set(docs.map(({ state }) => state))).toEqual(new Set(states));
  });

  test.each(cells)('“$situation”时，$action 只有 $allowed 能做', ({ situation, action, allowed }) => {
    const doc = situations[situation];
    if (!doc) throw new Error(situation);
    const wrong = standings.filter((it, index) => 'post' in judge(flow, action as A, doc, everyone[index] ?? actorOf(it)) !== allowed.some((name) => who[name]?.(it)));
    expect(wrong).toEqual([]);
  });

  test('每个人看到的按钮，就是服务器会接受的动作，一个不多、一个不少', () => {
    // A refusal is an answer here and no failure: a hundred thousand of them need no trace.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    const accepts = (action: A, doc: D, actor: Actor) => { try { move(flow, action, doc, actor); return true; } catch (error) { if (error instanceof Refused) return false; throw error; } };
    const differing = docs.flatMap((doc) => everyone.filter((actor) => actions.filter((action) => accepts(action, doc, actor)).sort().join() !== actionsFor(flow, doc, actor).sort().join()));
    Error.stackTraceLimit = stackTraceLimit;
    expect(differing).toEqual([]);
  });

  test('每次拒绝都用一句中文说明为什么', () => {
    const reasons = new Set(docs.flatMap((doc) => everyone.flatMap((actor) => actions.flatMap((action) => { const verdict = judge(flow, action, doc, actor); return 'reason' in verdict ? [verdict.reason] : []; }))));
    expect(reasons.size).toBeGreaterThan(actions.length);
    expect([...reasons].filter((reason) => !/^[\u4e00-\u9fff“”，]{6,}$/.test(reason))).toEqual([]);
  });

  test('从头可以走到每一个状态', () => {
    const reached = new Set<S>([flow.initial]);
    for (const _ of states) for (const { from, to } of Object.values<Flow<A, S, D>['moves'][A]>(flow.moves)) if (to !== 'same' && from.some((state) => reached.has(state))) reached.add(to);
    expect([...reached].sort()).toEqual([...states].sort());
  });

  test('没有办完的状态都有出路，办完的没有', () => {
    for (const state of states) {
      const leaving = Object.values<Flow<A, S, D>['moves'][A]>(flow.moves).filter(({ from, to }) => from.includes(state) && to !== 'same' && to !== state);
      expect([state, leaving.length > 0]).toEqual([state, !flow.final.includes(state)]);
    }
  });

  test(`除了“${ends.join('”“')}”，每种处境里总有人能做点什么`, () => {
    const stuck = Object.entries<D>(situations).filter(([, doc]) => everyone.every((actor) => actionsFor(flow, doc, actor).length === 0));
    expect(stuck.map(([situation]) => situation)).toEqual(ends);
  });

  test('每个动作、每个状态都有中文名，名字不重复，去向都是已知的状态', () => {
    expect(flow.states).toEqual(states);
    expect(Object.keys(flow.moves).sort()).toEqual([...actions].sort());
    for (const words of [actions.map((action) => flow.actionWords[action]), states.map((state) => flow.stateWords[state])]) {
      expect(new Set(words).size).toBe(words.length);
      for (const it of words) expect(it).toMatch(/^[\u4e00-\u9fff]{2,8}$/);
    }
    for (const { from, to } of Object.values<Flow<A, S, D>['moves'][A]>(flow.moves)) {
      expect(states).toEqual(expect.arrayContaining([...from]));
      expect(['same', ...states]).toContain(to);
    }
  });

  test('“撤销”不能收回提交、撤回、自动分送、通知和代录，也不能收回立案、签发、提案人的答复和系统自己做的', () => {
    const lasting: readonly string[] = ['submit', 'enter', ...entryActions, 'withdraw', 'route', 'notify', 'file', 'refile', 'unfile', 'split', 'propose_edits', 'answer_edits', 'recall_edits', 'convert', 'consent', 'decline', 'drop', 'ask_drop', 'allow_drop', 'refuse_drop', 'sign', 'recall_issue', 'absorb', 'combine', 'separate', ...bySystem, 'hand_over', 'hold_meeting', ...handlingActions, ...ratingActions, ...cosignActions];
    expect(actions.filter((action) => flow.moves[action].undo)).toEqual(actions.filter((action) => !lasting.includes(action)));
  });

  test('系统自己只会分送、直送编辑、逾期转送、转告并入件和别的动作引来的那几步，别的一概不做', () => {
    for (const doc of docs) for (const action of actionsFor(flow, doc, systemActor(termId))) expect(bySystem).toContain(action);
  });

  test('在别的专委会任职的人不能碰不在他那里的件', () => {
    // What is just being entered from a paper is at no committee yet.
    for (const doc of docs.filter((it) => !('onPaper' in it))) for (const post of ['committee_head', 'committee_vice_head', 'committee_staff'] as const) expect(actionsFor(flow, doc, person('another', `${post}@${elsewhere}`))).toEqual([]);
  });

  test('办公室以外的管理员、审计员和别的承办单位什么都不能做；交办单位只在交办和办理时能做', () => {
    for (const doc of docs) for (const post of ['system_admin', 'security_admin', 'auditor', 'unit_clerk', 'unit_supervisor'] as const) {
      expect(actionsFor(flow, doc, person('another', post))).toEqual([]);
    }
    for (const doc of docs.filter(({ state }) => !['planned', 'assigned', 'handling', 'countersigning', 'reply_review', 'ready'].includes(state))) for (const post of ['dispatch_party', 'dispatch_government'] as const) expect(actionsFor(flow, doc, person('another', post))).toEqual([]);
  });

  test('流程图从起点画起，每个动作每个出发状态一条线', () => {
    const lines = diagramOf(flow).split('\n');
    expect(lines.slice(0, 2)).toEqual(['stateDiagram-v2', `  [*] --> ${flow.initial}`]);
    expect(lines).toHaveLength(2 + actions.reduce((sum, action) => sum + flow.moves[action].from.length, 0));
    for (const line of lines.slice(2)) expect(line).toMatch(/^ {2}[a-z_]+ --> [a-z_]+: [\u4e00-\u9fff]+$/);
  });
}

describe('社情民意', () => {
  specify({ flow: opinionFlow, actions: opinionActions, states: opinionStates, situations: opinionSituations, who: opinionWho, table: opinionTable, ends: ['分办台不予采用', '专委会不予采用', '留存备查'] });
});
describe('提案', () => {
  specify({ flow: proposalFlow, actions: proposalActions, states: proposalStates, situations: proposalSituations, who: proposalWho, table: proposalTable, ends: ['已办结', '转社情民意', '已撤案'] });
});
describe('走访', () => {
  specify({ flow: visitFlow, actions: visitActions, states: visitStates, situations: visitSituations, who: visitWho, table: visitTable, ends: ['已走访', '已取消'] });
});

describe('提案办理', () => {
  specify({ flow: handlingFlow, actions: handlingActions, states: handlingStates, situations: handlingSituations, who: handlingWho, table: handlingTable, ends: ['已解决', '已改办', '已停办'] });

  test('并入的提案的提案人，也确认得了面商，也一样不能办自己的', () => {
    const doc = handling({ coAuthorIds: ['second'], askedTalks: ['second'] });
    expect(actionsFor(handlingFlow, doc, person('second', 'member'))).toEqual(['confirm_talk', 'deny_talk']);
    expect(actionsFor(handlingFlow, doc, person('author', 'member'))).toEqual([]);
    expect(judge(handlingFlow, 'sign_for', handling({ state: 'assigned', coAuthorIds: ['second'] }), person('second', 'member', `unit_clerk@${here}`))).toEqual({ reason: '不能办理自己的提案，请由同事办理' });
  });

  test.each([
    ['承办单位过了期限才申请改办', handling({ state: 'assigned', objectable: false }), 'ask_reassign', '已经过了申请改办的期限，请按交办办理'],
    ['承办单位被拒以后又申请改办', handling({ reassignRefused: true }), 'ask_reassign', '交办单位已经答复不改办，请按交办办理'],
    ['承办单位在申请改办时签收', handling({ state: 'assigned', reassignAsked: true }), 'sign_for', '正在申请改办，请等交办单位答复'],
    ['承办单位第二次申请延期', handling({ extended: true }), 'ask_extension', '已经延期过一次，不能再延'],
    ['承办单位在最长期限上申请延期', handling({ atCap: true }), 'ask_extension', '已经到了最长期限，不能再延'],
    ['会办单位申请延期', handling({ role: 'assist' }), 'ask_extension', '会办单位没有答复期限，不用延期'],
    ['主办单位提会办意见', handling({}), 'give_opinion', '只有会办单位提会办意见'],
  ] as const)('%s，得到能看懂的理由', (_what, doc, action, reason) => { expect(judge(handlingFlow, action, doc, person('another', `unit_clerk@${here}`))).toEqual({ reason }); });

  test('催办：当天催过的隔天再催，承办单位的申请没有答复的先答复；办自己提案的、别的系统的都不催', () => {
    const [office, party] = [person('office', 'proposal_office'), person('party', 'dispatch_party')];
    expect(judge(handlingFlow, 'urge', handling({ urgeAgainOn: '2022-07-22' }), office)).toEqual({ reason: '已经催办过，2022年7月22日起可以再催' });
    for (const facts of [{ reassignAsked: true }, { extensionAsked: true }]) expect(judge(handlingFlow, 'urge', handling(facts), office)).toEqual({ reason: '承办单位的申请还没有答复，请先答复再催' });
    expect(judge(handlingFlow, 'urge', handling({}), party)).toEqual({ reason: '由提案委或市政府办的岗位催办' });
    expect(judge(handlingFlow, 'urge', handling({}), person('author', 'member', 'proposal_office'))).toEqual({ reason: '不能办理自己的提案，请由同事办理' });
  });

  test.each([
    ['一个独办', [['u-a', 'sole']], undefined], ['一主两会', [['u-a', 'lead'], ['u-b', 'assist'], ['u-c', 'assist']], undefined], ['两家分办', [['u-a', 'separate'], ['u-b', 'separate']], undefined],
    ['分办带会办', [['u-a', 'separate'], ['u-b', 'separate'], ['u-c', 'assist']], undefined], ['没有单位', [], '请选择承办单位'], ['同一家两次', [['u-a', 'lead'], ['u-a', 'assist']], '同一个单位只能选一次'],
    ['独办又会办', [['u-a', 'sole'], ['u-b', 'assist']], '独办只能有一个单位，有会办的请选主办'], ['两家主办', [['u-a', 'lead'], ['u-b', 'lead']], '主办单位要有一个，也只能有一个'], ['只有会办', [['u-a', 'assist']], '主办单位要有一个，也只能有一个'],
    ['一家主办', [['u-a', 'lead']], '只有一个单位的请选独办'], ['一家分办', [['u-a', 'separate']], '分办至少两个单位'], ['分办又主办', [['u-a', 'separate'], ['u-b', 'separate'], ['u-c', 'lead']], '分办和主办不能并用'],
  ] as const)('拟定%s：%s', (_what, units, fault) => { expect(planFault(units.map(([unitId, role]) => ({ unitId, role })))).toBe(fault); });
});

describe('答复评价', () => {
  specify({ flow: ratingFlow, actions: ratingActions, states: ratingStates, situations: ratingSituations, who: ratingWho, table: ratingTable, ends: ['已评价', '未反馈', '等再次答复'] });

  test('谁也不能替别人评价：承办单位、交办单位、别的委员都不能；纸质的由提案委代录，自己的也不能自己代录', () => {
    for (const post of postCodes.filter((it) => it !== 'proposal_office' && it !== 'system')) expect([post, actionsFor(ratingFlow, rating({ overdue: true, reminded: true }), person('another', post))]).toEqual([post, []]);
    expect(judge(ratingFlow, 'key_paper', rating({}), person('author', 'member', 'proposal_office'))).toEqual({ reason: '您自己的评价请自己填写' });
  });
});

describe('单位提交的（集体提案）', () => {
  const voices = ['body_account', 'sector_convener', 'group_leader', 'committee_head', 'committee_vice_head'];
  const body = 's-nongye';
  /** What only the author may do. */
  const ownMoves = (flow: { readonly moves: Readonly<Record<string, { readonly where: string }>> }) => Object.entries(flow.moves).flatMap(([action, { where }]) => (where === 'own' ? [action] : []));
  const compared = <A extends string, S extends string, D extends Document<S>>(flow: Flow<A, S, D>, situations: Record<string, D>) => Object.entries(situations).flatMap(([name, facts]) => {
    const may = (actor: Actor, doc: D) => actionsFor(flow, doc, actor).filter((it) => ownMoves(flow).includes(it)).join(' ');
    const [own, bodys] = [may(person('author', 'member'), facts), { ...facts, authorId: body, ...('askedTalks' in facts && { askedTalks: [body] }) }];
    return postCodes.flatMap((post) => [[`${name} ${post}`, may(person('clerk', `${post}@${body}`), bodys), voices.includes(post) ? own : ''], [`${name} ${post} 在别处`, may(person('clerk', `${post}@s-jiaoyu`), bodys), '']]);
  }).filter(([, actual, expected]) => actual !== expected);
  const talked = Object.fromEntries(Object.entries(handlingSituations).map(([name, facts]) => [name, { ...facts, askedTalks: ['author'] }]));

  test('代表单位的人在每个状态能做的，正是委员对自己的件能做的；别的单位的、单位里别的职务的什么也做不了', () => {
    expect([compared(proposalFlow, proposalSituations), compared(handlingFlow, talked), compared(ratingFlow, ratingSituations)]).toEqual([[], [], []]);
    expect(actionsFor(ratingFlow, rating({ authorId: body }), person('clerk', `group_leader@${body}`))).toEqual(['rate']);
  });
  test('自己提的，不能因为是专委会主任就多做什么；专委会的提案，主任也不能审、不能办', () => {
    expect(actionsFor(proposalFlow, proposal({ state: 'submitted' }), person('author', `committee_head@${here}`))).toEqual([]);
    for (const action of ['start_review', 'review', 'return', 'reroute'] as const) expect([action, judge(proposalFlow, action, proposal({ state: 'submitted', ...at, authorId: here }), person('another', `committee_head@${here}`))]).toEqual([action, { reason: '不能处理自己提交的提案，请由他人办理' }]);
    expect(judge(handlingFlow, 'sign_for', handling({ state: 'assigned', authorId: 'p-zonggonghui' }), person('another', `unit_clerk@${here}`, 'body_account@p-zonggonghui'))).toEqual({ reason: '不能办理自己的提案，请由同事办理' });
  });
});

describe('联名', () => {
  specify({ flow: cosignFlow, actions: cosignActions, states: cosignStates, situations: cosignSituations, who: cosignWho, table: cosignTable, ends: ['联名后已立案', '未联名已提交'] });

  test('谁也不能替别人联名：第一提案人、别的委员、哪个岗位都不能；第一提案人不能请自己', () => {
    for (const post of postCodes) expect([post, actionsFor(cosignFlow, cosign({}), person('another', post)).filter((it) => it !== 'lapse_cosign')]).toEqual([post, []]);
    expect(actionsFor(cosignFlow, cosign({}), person('visitor', 'member'))).toEqual(['call_off']);
    expect(judge(cosignFlow, 'ask_cosign', cosign({ begun: false, authorId: 'visitor' }), person('visitor', 'member'))).toEqual({ reason: '第一提案人不用再联名' });
    expect(judge(cosignFlow, 'cosign', cosign({ currentNo: 2 }), person('author', 'member'))).toEqual({ reason: '文字又改过了，请看新的一稿再定' });
  });

  test('联名委员在提案上什么也不能替第一提案人办，也不能审自己联名的', () => {
    const together = person('together', 'member');
    for (const doc of Object.values(proposalSituations)) expect(actionsFor(proposalFlow, { ...doc, coAuthorIds: ['together'] }, together)).toEqual([]);
    expect(judge(proposalFlow, 'withdraw', proposal({ state: 'submitted', coAuthorIds: ['together'] }), together)).toEqual({ reason: '联名提案由第一提案人办理' });
    expect(judge(proposalFlow, 'review', proposal({ state: 'under_review', ...at, coAuthorIds: ['together'] }), person('together', 'member', `committee_head@${here}`))).toEqual({ reason: '不能处理自己提交的提案，请由他人办理' });
  });
});

describe('代录', () => {
  specify({ flow: entryFlow, actions: entryActions, states: entryStates, situations: entrySituations, who: entryWho, table: entryTable, ends: ['已提交', '纸质已提交', '本人不同意', '已撤销'] });
});

describe('自己不办自己的件', () => {
  const everywhere = postCodes.filter((post) => post !== 'system').flatMap((post) => [`${post}@${here}` as const, `${post}@${commenting}` as const, post]);

  test('几位共同反映的，第一反映人以外的什么也不能办：不提交、不撤回、不回复编辑稿，兼任所有岗位也一样', () => {
    const together = person('together', ...everywhere);
    for (const doc of Object.values(opinionSituations)) expect(actionsFor(opinionFlow, { ...doc, coAuthorIds: ['together'] }, together)).toEqual([]);
    expect(judge(opinionFlow, 'withdraw', opinion({ state: 'submitted', coAuthorIds: ['together'] }), together)).toEqual({ reason: '几位共同反映的，由第一反映人办理' });
    expect(judge(opinionFlow, 'pass', opinion({ state: 'first_review', ...at, coAuthorIds: ['together'] }), together)).toEqual({ reason: '不能处理自己提交的社情民意，请由他人办理' });
  });

  test('一个人就算兼任所有岗位，对自己提交的也只能提交、撤回和回复编辑稿', () => {
    const author = person('author', ...everywhere);
    for (const doc of Object.values(opinionSituations)) expect(['submit', 'withdraw', 'agree,object', '']).toContain(actionsFor(opinionFlow, doc, author).join());
    for (const doc of Object.values(proposalSituations)) expect(['submit', 'withdraw', 'answer_edits', 'consent', 'decline', 'drop', 'ask_drop']).toEqual(expect.arrayContaining(actionsFor(proposalFlow, doc, author)));
  });

  test('专委会主任办自己的件，得到的回答是请由他人办理', () => {
    const author = person('author', 'member', `committee_head@${here}`);
    expect(judge(opinionFlow, 'pass', opinion({ state: 'first_review', ...at }), author)).toEqual({ reason: '不能处理自己提交的社情民意，请由他人办理' });
    expect(judge(proposalFlow, 'review', proposal({ state: 'under_review', ...at }), author)).toEqual({ reason: '不能处理自己提交的提案，请由他人办理' });
  });

  test('信息编辑不能把自己的件从专委会收回来', () => {
    expect(judge(opinionFlow, 'recall', opinion({ state: 'submitted', ...at }), person('author', 'member', 'information_editor'))).toEqual({ reason: '不能处理自己提交的社情民意，请由他人办理' });
    expect(judge(proposalFlow, 'recall', proposal({ state: 'submitted', ...at }), person('author', 'member', 'proposal_office'))).toEqual({ reason: '不能处理自己提交的提案，请由他人办理' });
  });

  test('委工委的人不能登记对自己的走访，同事可以', () => {
    const doc = visit({ state: 'confirmed', begun: true });
    expect(judge(visitFlow, 'record', doc, person('author', 'member', 'member_affairs'))).toEqual({ reason: '不能登记对自己的走访，请由他人登记' });
    expect(judge(visitFlow, 'record', doc, person('another', 'member_affairs'))).toMatchObject({ post: { post: 'member_affairs' } });
  });
});

describe('办事的人和记下的岗位', () => {
  const posted = (verdict: { post: HeldPost } | { reason: string }) => ('post' in verdict ? `${verdict.post.post}@${verdict.post.bodyId}` : verdict.reason);

  test('一人任两个专委会的主任，记下的是件所在的那个', () => {
    const two = person('another', `committee_head@${elsewhere}`, `committee_head@${here}`);
    for (const action of ['pass', 'return', 'not_adopt', 'reroute'] as const) expect(posted(judge(opinionFlow, action, opinion({ state: 'submitted', ...at }), two))).toBe(`committee_head@${here}`);
    expect(posted(judge(proposalFlow, 'return', proposal({ state: 'submitted', ...at }), two))).toBe(`committee_head@${here}`);
  });

  test('主任兼信息编辑：在分办台退回记信息编辑，在专委会退回记主任', () => {
    const both = person('another', `committee_head@${here}`, 'information_editor');
    expect(posted(judge(opinionFlow, 'return', opinion({ state: 'submitted' }), both))).toBe('information_editor@cppcc');
    expect(posted(judge(opinionFlow, 'return', opinion({ state: 'submitted', ...at }), both))).toBe(`committee_head@${here}`);
  });

  test('副主席兼委工委：不是自己带队的走访，登记记在委工委名下', () => {
    const both = person('another', 'vice_chair', 'member_affairs');
    expect(posted(judge(visitFlow, 'record', visit({ state: 'agreed', begun: true }), both))).toBe('member_affairs@cppcc');
    expect(posted(judge(visitFlow, 'record', visit({ state: 'agreed', begun: true, leaderIds: ['another'] }), both))).toBe('vice_chair@cppcc');
  });

  test('干部在分到本委后可以先拟意见，拟了就算开始初审', () => {
    expect(move(opinionFlow, 'prepare', opinion({ state: 'submitted', ...at }), person('another', `committee_staff@${here}`))).toMatchObject({ to: 'first_review', post: { post: 'committee_staff' } });
  });

  test('改送把件退回待初审，不论初审是否已经开始', () => {
    for (const state of ['submitted', 'first_review'] as const) expect(move(opinionFlow, 'reroute', opinion({ state, ...at }), person('another', `committee_head@${here}`)).to).toBe('submitted');
  });

  test.each([
    ['专委会主任办还在分办台的件', opinion({ state: 'submitted' }), person('another', `committee_head@${here}`), 'return', '还在分办台，由信息编辑处理'],
    ['信息编辑退回已经分到专委会的件', opinion({ state: 'submitted', ...at }), person('another', 'information_editor'), 'return', '已经分到专委会，由专委会初审'],
    ['信息编辑再次分送已经分出去的件', opinion({ state: 'submitted', ...at }), person('another', 'information_editor'), 'assign', '已经分到专委会，如需改送请用“收回”或“改送”'],
    ['信息编辑收回还在分办台的件', opinion({ state: 'submitted' }), person('another', 'information_editor'), 'recall', '还没有分到专委会，请先分送'],
    ['委员撤回已经开始初审的件', opinion({ state: 'first_review', ...at }), person('author', 'member'), 'withdraw', '这件社情民意现在是“初审中”，不能再做“撤回”'],
    ['委员撤回别人的件', opinion({ state: 'submitted' }), person('another', 'member'), 'withdraw', '您的岗位不能对这件社情民意做“撤回”'],
  ] as const)('%s，得到能看懂的理由', (_what, doc, actor, action, reason) => {
    expect(judge(opinionFlow, action, doc, actor)).toEqual({ reason });
    expect(() => move(opinionFlow, action, doc, actor)).toThrow(new Refused(action, reason));
  });

  test.each([
    ['专委会主任退回已经提出初审意见的提案', proposal({ state: 'under_review', ...at, reviewed: true }), person('another', `committee_head@${here}`), 'return', '专委会已经提出初审意见，正由提案委审定'],
    ['专委会主任办还在分办台的提案', proposal({ state: 'submitted' }), person('another', `committee_head@${here}`), 'return', '还在分办台，由提案委办公室处理'],
  ] as const)('%s，得到能看懂的理由', (_what, doc, actor, action, reason) => {
    expect(judge(proposalFlow, action, doc, actor)).toEqual({ reason });
  });

  test.each([
    ['委员在约定时间之后确认', visit({ begun: true }), person('author', 'member'), 'confirm', '约定的时间已经过了，请联系委工委另约'],
    ['走访人在走访之前登记', visit({ state: 'confirmed' }), person('visitor', 'chair'), 'record', '走访还没有开始，走访之后再登记'],
    ['没有带队的副主席来登记', visit({ state: 'confirmed', begun: true }), person('another', 'vice_chair'), 'record', '只有走访人或委工委可以登记'],
    ['委工委再发一次已经发过的通知', visit({}), person('another', 'member_affairs'), 'notify', '通知已经发出'],
  ] as const)('%s，得到能看懂的理由', (_what, doc, actor, action, reason) => {
    expect(judge(visitFlow, action, doc, actor)).toEqual({ reason });
  });

  test('兼几个岗位的人，能做的正好是各个岗位能做的合起来', () => {
    const posts = standings.filter(({ author, visitor }) => !author && !visitor).map(({ post, at: where }) => `${post}@${bodies[where]}` as const);
    for (const doc of Object.values(opinionSituations)) for (const [index, first] of posts.entries()) {
      const second = posts[(index * 7 + 3) % posts.length];
      if (!second) throw new Error('no post');
      const apart = new Set([...actionsFor(opinionFlow, doc, person('another', first)), ...actionsFor(opinionFlow, doc, person('another', second))]);
      expect(new Set(actionsFor(opinionFlow, doc, person('another', first, second)))).toEqual(apart);
    }
  });
});

describe('在谁手里', () => {
  const look = (duty: ReturnType<typeof opinionFlow.duty>) => (duty ? `${duty.holder.kind}:${duty.holder.id} ${duty.action} ${duty.deadline}` : '没有人');

  test.each(Object.entries({
    草稿: '没有人',
    待初审在分办台: 'post:information_editor triage deadline.triage',
    特急在分办台: 'post:information_editor triage deadline.urgent',
    待初审在专委会: `body:${here} review deadline.opinion.review`,
    初审中: `body:${here} review deadline.opinion.review`,
    分办台退回: 'person:author revise deadline.opinion.revise',
    专委会退回: 'person:author revise deadline.opinion.revise',
    编辑退回后再交: `body:${here} review deadline.opinion.review`,
    待领办: 'post:information_editor edit deadline.opinion.edit',
    编辑中: 'person:another edit deadline.opinion.edit',
    待征求: 'person:another edit deadline.opinion.edit',
    已同意: 'person:another edit deadline.opinion.edit',
    不同意: 'person:another edit deadline.opinion.edit',
    征求意见: 'person:author agree deadline.opinion.consent',
    待审核: 'post:office_director check deadline.opinion.check',
    待签发: 'post:secretary_general sign deadline.opinion.sign',
    已编发: 'post:information_editor send deadline.opinion.send',
    已报送: '没有人',
    已收回: 'post:information_editor edit deadline.opinion.edit',
    分办台不予采用: '没有人',
    专委会不予采用: '没有人',
    留存备查: '没有人',
    已合并: '没有人',
  }))('社情民意“%s”在 %s', (situation, expected) => { expect(look(opinionFlow.duty(opinionSituations[situation] ?? opinion({})))).toBe(expected); });

  test('特急的社情民意，办公室和专委会的每一步都按特急时限；退回给作者的不赶作者', () => {
    const deadlines = Object.fromEntries(Object.entries(opinionSituations).map(([name, doc]) => [name, opinionFlow.duty({ ...doc, urgent: true })?.deadline]));
    expect(deadlines).toEqual({
      草稿: undefined, 待初审在分办台: 'deadline.urgent', 特急在分办台: 'deadline.urgent', 待初审在专委会: 'deadline.urgent', 初审中: 'deadline.urgent', 分办台退回: 'deadline.opinion.revise', 专委会退回: 'deadline.opinion.revise', 编辑退回后再交: 'deadline.urgent', 待领办: 'deadline.urgent', 编辑中: 'deadline.urgent', 待征求: 'deadline.urgent', 已同意: 'deadline.urgent', 不同意: 'deadline.urgent', 征求意见: 'deadline.opinion.consent', 待审核: 'deadline.urgent', 待签发: 'deadline.urgent', 已编发: 'deadline.urgent', 已报送: undefined, 已收回: 'deadline.urgent', 分办台不予采用: undefined, 专委会不予采用: undefined, 留存备查: undefined, 已合并: undefined,
    });
  });

  test.each(Object.entries({
    草稿: '没有人',
    待审查在分办台: 'post:proposal_office triage deadline.triage',
    待审查在专委会: `body:${here} review deadline.proposal.review`,
    审查中: `body:${here} review deadline.proposal.review`,
    已有初审意见: 'post:proposal_office decide deadline.proposal.decide',
    分办台退回: 'person:author revise deadline.proposal.revise',
    专委会退回: 'person:author revise deadline.proposal.revise',
    大会已有意见: 'post:review_board decide deadline.proposal.decide',
    审定退回再交: 'post:proposal_office decide deadline.proposal.decide',
    征求修改: 'person:author answer_edits deadline.proposal.edits', 审定时征求修改: 'person:author answer_edits deadline.proposal.edits', 等重新联名: '没有人', 审定时等重新联名: '没有人', 联名审查中: `body:${here} review deadline.proposal.review`,
    征求转办: 'person:author consent deadline.proposal.consent',
    已立案: 'post:proposal_office plan_units deadline.proposal.plan',
    待交办: 'post:dispatch_government hand_over deadline.proposal.hand',
    待交办申请撤案: 'post:proposal_office decide deadline.proposal.decide',
    办理中: '没有人',
    办理中申请撤案: 'post:proposal_office decide deadline.proposal.decide',
    待评价: '没有人', 重新办理: '没有人', 待面商会: 'post:proposal_office hold_meeting deadline.proposal.meeting', 已办结: '没有人',
    申请撤案: 'post:proposal_office decide deadline.proposal.decide',
    已并案: '没有人', 转社情民意: '没有人', 转意见建议: '没有人', 不予立案: '没有人', 已撤案: '没有人',
  }))('提案“%s”在 %s', (situation, expected) => { expect(look(proposalFlow.duty(proposalSituations[situation] ?? proposal({})))).toBe(expected); });

  test.each(Object.entries({
    待回复: 'person:author reply_visit document',
    已确认: 'post:member_affairs make_visit document',
    提出改期: 'post:member_affairs arrange_visit deadline.visit.arrange',
    已改期: 'post:member_affairs make_visit document',
    已走访: '没有人',
    已取消: '没有人',
  }))('走访“%s”在 %s', (situation, expected) => { expect(look(visitFlow.duty(visitSituations[situation] ?? visit({})))).toBe(expected); });

  test.each(Object.entries({
    正在交办: `body:${here} sign_for deadline.handling.sign`, 待签收: `body:${here} sign_for deadline.handling.sign`, 待签收申请改办: 'post:dispatch_government decide_reassign deadline.handling.reassign', 办理中: `body:${here} handle document`, 独办: `body:${here} handle document`,
    党委系统分办: `body:${here} handle document`, 申请改办: 'post:dispatch_party decide_reassign deadline.handling.reassign', 申请延期: 'post:dispatch_government decide_extension deadline.handling.extension', 会办中: `body:${here} give_opinion deadline.handling.opinion`, 已会办: '没有人', 已改办: '没有人', 已停办: '没有人', 会签中: `body:${here} countersign deadline.handling.countersign`, 已会签: '没有人', 答复审核: 'post:dispatch_government review_reply deadline.handling.review', 待送达: 'post:dispatch_government release deadline.handling.release', 已答复: '没有人', 跟踪: `body:${here} track document`, 已解决: '没有人',
  }))('提案办理“%s”在 %s', (situation, expected) => { expect(look(handlingFlow.duty(handlingSituations[situation] ?? handling({})))).toBe(expected); });

  test('拿到件的人（或岗位、专委会里的人）都有事可做，要做的事有中文名', () => {
    expect(Object.keys(taskWords).sort()).toEqual([...taskActions].sort());
    const inHand = (id: string) => [person('any', `committee_head@${id}`), person('any', `unit_clerk@${id}`), ...(['dispatch_party', 'dispatch_government', 'information_editor', 'office_director', 'secretary_general', 'proposal_office', 'member_affairs'] as const).map((post) => person('any', post)), person(id, 'member', 'information_editor')];
    const check = <A extends string, S extends string, D extends Document<S>>(flow: Flow<A, S, D>, docs: D[]) => {
      for (const doc of docs) {
        const duty = flow.duty(doc);
        if (!duty || flow.final.includes(doc.state) || duty.action === 'decide') continue;
        const holders = inHand(duty.holder.id).filter(({ personId, posts: [held] }) => (duty.holder.kind === 'person' ? personId === duty.holder.id : duty.holder.kind === 'body' ? held?.bodyId === duty.holder.id && (held.post === 'unit_clerk') === (flow.name === '提案办理') : held?.post === duty.holder.id));
        expect(holders).toHaveLength(1);
        for (const holder of holders) expect([doc, actionsFor(flow, doc, holder).length > 0 || 'begun' in doc && doc.begun === true]).toEqual([doc, true]);
      }
    };
    check(opinionFlow, Object.values(opinionSituations));
    check(proposalFlow, Object.values(proposalSituations));
    check(visitFlow, Object.values(visitSituations));
    check(handlingFlow, Object.values(handlingSituations));
    check(ratingFlow, Object.values(ratingSituations));
    check(cosignFlow, Object.values(cosignSituations));
  });
});

describe('积分和告知', () => {
  test('提交记一次，撤回就收回；编发记一次，收回编发就收回；走访登记才记', () => {
    expect([opinionFlow.moves.submit.credits, opinionFlow.moves.withdraw.voids]).toEqual(['opinion.submitted', ['opinion.submitted']]);
    expect([proposalFlow.moves.submit.credits, proposalFlow.moves.withdraw.voids]).toEqual(['proposal.submitted', ['proposal.submitted']]);
    expect([proposalFlow.moves.file.credits, proposalFlow.moves.merge.credits, proposalFlow.moves.unfile.voids]).toEqual(['proposal.filed', 'proposal.filed', ['proposal.filed']]);
    expect(visitFlow.moves.record.credits).toBe('visit.attended');
    expect([opinionFlow.moves.sign.credits, opinionFlow.moves.recall_issue.voids]).toEqual(['opinion.adopted', ['opinion.adopted']]);
    const others = [opinionFlow, proposalFlow, visitFlow].flatMap((flow) => Object.values(flow.moves)).filter(({ credits, voids }) => credits ?? voids);
    expect(others).toHaveLength(16);
    for (const flow of [opinionFlow, proposalFlow]) expect(flow.moves.enter.credits).toBe(flow.moves.submit.credits);
  });

  test('提交人的件有了结论、换了地方，都会告诉提交人', () => {
    for (const action of ['assign', 'recall', 'reroute', 'pass', 'lapse', 'take_over', 'return', 'not_adopt', 'ask_agree', 'sign', 'archive', 'recall_issue', 'reopen', 'combine', 'separate', 'follow'] as const) expect([action, opinionFlow.moves[action].tells]).toEqual([action, expect.arrayContaining(['author'])]);
    for (const action of ['assign', 'recall', 'reroute', 'review', 'return'] as const) expect([action, proposalFlow.moves[action].tells]).toEqual([action, expect.arrayContaining(['author'])]);
    for (const action of ['notify', 'agree', 'reschedule', 'cancel'] as const) expect([action, visitFlow.moves[action].tells]).toEqual([action, ['author']]);
  });

  test('草拟、协办这些内部的步骤不打扰任何人', () => {
    for (const action of ['withdraw', 'start_review', 'prepare', 'comment'] as const) expect([opinionFlow.moves[action].tells, proposalFlow.moves[action].tells]).toEqual([undefined, undefined]);
  });
});
