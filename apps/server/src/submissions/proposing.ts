import { Inject, Injectable } from '@nestjs/common';
import type { Caller, Given, Proposing, routes, SubmissionView } from '@lvzhi/contracts';
import { abilitiesOf, dateOf, hasSeal, isCollective, proposerKindWords, selvesOf, signedWords, signerWords, whyNotNow } from '@lvzhi/domain';
import type { ProposerKind, SubmissionKind } from '@lvzhi/domain';
import { Clock } from '../platform/clock.ts';
import { Directory } from '../platform/directory.ts';
import { fileViewOf } from '../platform/file.entity.ts';
import type { FileRow } from '../platform/file.entity.ts';
import { badField } from '../platform/refusals.ts';
import { Settings } from '../platform/settings.ts';
import type { Revision, Submission } from './submission.entity.ts';

type Collective = Given<typeof routes.submit>['collective'];
/** What stands under one text of a body's. */
export interface Signature { readonly signer: string; readonly sealIds: string[]; readonly handedBy: string }
/** Whose it is to be. */
export interface Proposer { readonly authorId: string; readonly proposerKind: ProposerKind | null }

/** 集体提案: in whose name a person may hand in, when, and with what under it (rules: duty-rules §1.1, posts). */
@Injectable()
export class ProposingBodies {
  constructor(@Inject(Directory) private readonly directory: Directory, @Inject(Settings) private readonly settings: Settings, @Inject(Clock) private readonly clock: Clock) {}

  /** Every body and kind that one of the caller's posts speaks for, each once. */
  of(caller: Caller): Proposing[] {
    const { page } = this.directory;
    const all = caller.posts.flatMap((held) => {
      const [kind, body] = [page.proposerKindOf(held), page.body(held.bodyId)];
      return kind && body ? [{ kind, body }] : [];
    });
    return [...new Map(all.map((it) => [`${it.kind} ${it.body.id}`, it])).values()].map(({ kind, body }) => ({
      body, kind, kindWords: proposerKindWords[kind], signerWords: signerWords[kind], signedWords: signedWords[kind], pageNeeded: this.pageNeeded, closed: this.whyNotNow(kind) ?? null,
    }));
  }

  /** The body, or the caller for themself. */
  proposer(caller: Caller, kind: SubmissionKind, collective: Collective): Proposer {
    return kind === 'opinion' ? { authorId: caller.personId, proposerKind: null } : collective ? { authorId: collective.bodyId, proposerKind: collective.kind } : { authorId: caller.personId, proposerKind: 'individual' };
  }
  whyNotNow(kind: ProposerKind): string | undefined { return whyNotNow(this.settings.get('proposal.sessions'), kind, dateOf(this.clock.now())); }

  /** A kind that belongs to the plenary is taken only then. What came in in time and is sent once more (its answer was lost) is not asked. */
  mustBeOpen(collective: Collective): void {
    const closed = collective ? this.whyNotNow(collective.kind) : undefined;
    if (closed !== undefined) badField({ collective: closed });
  }

  /** What is wrong with the one who hands in. `before`: of a returned or withdrawn one, whose it is; its day was that of its first submit. */
  faults(caller: Caller, kind: SubmissionKind, collective: Collective, before?: Pick<Submission, 'authorId' | 'proposerKind'>): Record<string, string> {
    // Whoever it is not theirs to do is told so by the flow.
    if (before && !selvesOf(caller).includes(before.authorId)) return {};
    if (kind === 'opinion') return collective ? { collective: '社情民意由本人反映，不用选单位' } : {};
    const own = before?.proposerKind && isCollective(before.proposerKind) && before.authorId !== caller.personId ? before : undefined;
    if (!collective) return own || !before && !abilitiesOf(caller).includes('write_proposal') && this.of(caller).length > 0 ? { collective: '请选择以哪个单位的名义提交，并填写签名的负责人' } : {};
    if (before && !own) return { collective: '这件是个人或联名提案，不能改成集体提案，请另写一件' };
    if (own && (own.authorId !== collective.bodyId || own.proposerKind !== collective.kind)) return { collective: '修改后还要由原来的单位提交，不能换单位' };
    const option = this.of(caller).find((it) => it.body.id === collective.bodyId && it.kind === collective.kind);
    if (!option) return { collective: '您不能代表这个单位提交这一类提案，请刷新后再选' };
    return option.pageNeeded && collective.sealIds.length === 0 ? { 'collective.sealIds': `请附上${option.signerWords}${hasSeal(option.kind) ? '署名、盖章' : '签名'}那一页的照片或扫描件` } : {};
  }

  /** Of a text that a body has just changed by accepting edits: who signed this one. Whoever it is not theirs to do is told so by the flow. */
  signedAnew(caller: Caller, { authorId, proposerKind }: Submission, signature: Given<typeof routes.answerEdits>['signature']): Signature | undefined {
    if (proposerKind === null || !isCollective(proposerKind) || authorId === caller.personId || !selvesOf(caller).includes(authorId)) return undefined;
    const by = hasSeal(proposerKind) ? '署名、盖章' : '签名';
    if (!signature) badField({ signature: `同意的段落改了文字，新的一稿请${signerWords[proposerKind]}重新${by}，再填写签名的负责人` });
    if (this.pageNeeded && signature.sealIds.length === 0) badField({ 'signature.sealIds': `请附上${signerWords[proposerKind]}在新的一稿上${by}那一页的照片或扫描件` });
    return { signer: signature.signer, sealIds: signature.sealIds, handedBy: caller.personId };
  }
  private get pageNeeded(): boolean { return this.settings.get('proposal.seal') === 'picture'; }

  /** What stands under a body's text. */
  shown({ kind, proposerKind, authorId }: Submission, { signer, sealIds, handedBy }: Revision, files: readonly FileRow[], outside: boolean): SubmissionView['collective'] {
    if (kind !== 'proposal' || proposerKind === null || !isCollective(proposerKind)) return null;
    return {
      bodyId: authorId, pageNeeded: this.pageNeeded, signer, signerWords: signerWords[proposerKind], signedWords: signer === null ? '凭签名盖章的纸质件' : signedWords[proposerKind],
      seals: outside ? [] : (sealIds ?? []).flatMap((id) => files.find((it) => it.id === id) ?? []).map(fileViewOf), by: handedBy === null ? null : this.directory.page.person(handedBy)?.name ?? null,
    };
  }
}
