import { Text, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { lengthOf, pastedWhole } from '@lvzhi/domain';
import type { WholeText as Pasted } from '@lvzhi/domain';
import { a11y } from '../../parts/a11y.ts';
import { Field, TextArea } from '../../parts/form.tsx';
import { Page } from '../../parts/page.tsx';
import { PledgeCard } from '../../parts/pledges.tsx';
import type { Pledges } from '../../parts/pledges.tsx';
import { Btn, Note } from '../../parts/plain.tsx';
import { Saved } from '../../parts/saved.tsx';
import { now } from '../../platform/clock.ts';
import { fromCopy, twinOf } from '../../platform/draft.ts';
import type { Draft } from '../../platform/draft.ts';
import { ask, say, scrollTo } from '../../platform/device.ts';
import { saveDraft } from '../../platform/drafts.ts';
import { back, replaceBy } from '../../platform/go.ts';
import { online } from '../../platform/network.ts';
import { dismissUndo, offerUndo } from '../../platform/undo.ts';
import { reasonOf } from '../../platform/wire.ts';
import { Attachments } from './attachments.tsx';
import { Choices } from './choices.tsx';
import { Conflict } from './conflict.tsx';
import { optionOf, rulesOf, secretParts } from './faults.ts';
import type { FieldName, Faults } from './faults.ts';
import { withContent } from './opening.ts';
import type { Opened } from './opening.ts';
import { Routing } from './routing.tsx';
import { Signers } from './signers.tsx';
import { Similar } from './similar.tsx';
import { Structure } from './structure.tsx';
import { InWhoseName, SignedFor } from './signed-for.tsx';
import { useEditor } from './use-editor.ts';
import type { Editor } from './use-editor.ts';
import { useFiles } from './use-files.ts';
import { useRoute } from './use-route.ts';
import { useSending } from './use-sending.ts';
import type { Stage } from './use-sending.ts';
import { WholeText } from './whole-text.tsx';

const stageWords: Record<Stage, string> = { ready: '提交', files: '正在传附件，传完就提交…', sending: '正在提交…' };
const places: Partial<Record<FieldName, string>> = { total: 'situation', noSecret: 'pledges', original: 'pledges', signed: 'signer' };

/** The form itself. */
export function WritingForm({ personId, draft: opened, theirs: found, rules, receiptNo, whose }: Opened) {
  const editor = useEditor(personId, opened, found);
  const { draft, edit } = editor;
  const files = useFiles(editor);
  const suggested = useRoute(draft);
  const [pledges, setPledges] = useState<Pledges>({ noSecret: false, original: false });
  const [sheet, setSheet] = useState(0);
  const sending = useSending(personId, { rules, whose }, editor, files, (doc) => { editor.finish(); replaceBy('done', { id: doc.id }); });
  const told = sending.faultsOf(draft, pledges);
  const faults: Faults = { ...told, ...secretParts(draft) };
  useEffect(() => { if (sending.refusals > 0) scrollTo('form-top'); }, [sending.refusals]);
  // An offer to put the text back into one box means nothing once the form is gone.
  useEffect(() => dismissUndo, []);
  const [{ theirs }, copy, mine] = [sending, editor.keeping.theirs, editor.latest()];
  if (copy) {
    const spare = (draft: Draft) => { saveDraft(personId, twinOf(draft)); };
    return <Conflict mine={mine} theirs={copy} onMine={() => { spare(fromCopy(copy)); editor.keepMine(copy.version); }} onTheirs={() => { spare(mine); editor.takeTheirs(copy); setSheet(sheet + 1); }} />;
  }
  if (theirs) {
    return <Conflict mine={mine} theirs={{ title: theirs.title, ...theirs.text }} onMine={() => { edit({ of: { id: theirs.id, version: theirs.version } }); editor.save(); sending.resolved(); }}
      onTheirs={() => { saveDraft(personId, twinOf(mine)); edit(withContent(mine, theirs)); editor.save(); setSheet(sheet + 1); sending.resolved(); }} />;
  }
  const refill = (change: Partial<Draft>) => { edit(change); editor.save(); setSheet((times) => times + 1); };
  const paste = (pasted: Pasted) => { refill(joined(draft, pasted)); };
  const type = (part: Part, text: string) => {
    const whole = isBlank(draft) ? pastedWhole(draft[part], text, rulesOf(rules, draft.kind).limits.title.max) : undefined;
    if (!whole) { edit({ [part]: text }); return; }
    paste(whole);
    offerUndo('已按小标题分到各栏，请看一遍', soon(), () => { refill({ ...nothingWritten, [part]: text }); return Promise.resolve(); });
  };
  const bar = <Btn main busy={sending.stage !== 'ready'} onTap={() => { void sending.submit(pledges); }}>{stageWords[sending.stage]}</Btn>;
  return <Page bar={bar}>
    <View id="form-top" className="anchor" />
    <Summary faults={told} trouble={sending.trouble} />
    <Note tone="w">{rules.secretNotice}</Note>
    <KeepingLine editor={editor} />
    <Whence receiptNo={receiptNo} draft={draft} onDrop={() => { edit({ source: null }); editor.save(); }} />
    {draft.kind === 'proposal' && <InWhoseName draft={draft} whose={whose} fault={faults.collective} onChoose={(collective) => { edit({ collective }); editor.save(); setPledges({ ...pledges, signed: false }); }} />}
    <Texts key={`${sheet} ${editor.keeping.here === 'gone'}`} editor={editor} onType={type} faults={faults} limits={rulesOf(rules, draft.kind).limits} />
    <Structure draft={draft} /><Similar draft={draft} />
    <WholeText titleMax={rulesOf(rules, draft.kind).limits.title.max} onSplit={paste} />
    <Attachments draft={draft} files={files} rules={rules} fault={faults.fileIds} />
    <Choices draft={draft} rules={rules} faults={faults} edit={edit} signers={draft.collective ? undefined : <Signers editor={editor} files={files} />} />
    {draft.kind === 'proposal' && draft.collective && <SignedFor key={`${draft.collective.bodyId} ${draft.collective.kind} ${sheet}`} editor={editor} files={files} rules={rules} option={optionOf(draft, whose)} signed={pledges.signed === true} faults={faults} onSigned={(signed) => { setPledges({ ...pledges, signed }); }} />}
    <Routing suggested={suggested} wish={draft.wish} committees={rules.committees.filter(({ id }) => id !== draft.collective?.bodyId)} onWish={(wish) => { edit({ wish }); }} />
    <PledgeCard pledges={pledges} faults={faults} words={rules.pledge} ofBody={draft.collective !== null} pictures={draft.kind === 'opinion' && draft.files.some(({ picture }) => picture)} onChange={setPledges} />
    {draft.savedAt !== '' && <DropDraft editor={editor} />}
  </Page>;
}

/** The number that it keeps, and what it is born from. */
function Whence({ receiptNo, draft: { source }, onDrop }: { receiptNo: string | null; draft: Draft; onDrop: () => void }) {
  return <>{receiptNo !== null && <Note tone="b">收件号 {receiptNo}，修改后再提交，收件号不变。</Note>}
    {source && <Note tone="b" icon="users" title={`来源：${source.words}`} onTap={onDrop}>写的不是走访中谈到的，点这里去掉来源。</Note>}</>;
}

function DropDraft({ editor }: { editor: Editor }) {
  const drop = async () => {
    if (!(await ask({ title: '删去这份草稿', text: '手机和服务器上的都删去，找不回来。已经提交过的内容不受影响。', yes: '删去', no: '留着' }))) return;
    editor.discard();
    back();
  };
  const purge = async () => {
    if (!(await ask({ title: '内容涉密，彻底清除', text: '手机和服务器上的文字、附件都清除，谁也不能恢复，这份草稿不能再存、再提交。系统不留内容，只告诉安全管理员有一份草稿清除了，由他处理备份。涉密内容请线下送交。', yes: '彻底清除', no: '先不' }))) return;
    try { await editor.purge(); say('已彻底清除'); } catch (error) { say(`手机上的已清除。${reasonOf(error)}`); }
    back();
  };
  return <><Btn plain danger onTap={() => { void drop(); }}>删去这份草稿</Btn>{editor.draft.of === null && <Btn plain danger onTap={() => { void purge(); }}>内容涉密，彻底清除</Btn>}</>;
}

type Part = (typeof boxes)[number]['part'];
const nothingWritten = { title: '', situation: '', analysis: '', suggestion: '' } as const satisfies Record<Part, string>;
/** Nothing but perhaps a title: a whole text may be split without mixing it into another. */
const isBlank = ({ situation, analysis, suggestion }: Draft): boolean => [situation, analysis, suggestion].every((text) => text.trim() === '');
const soon = (): string => new Date(now().getTime() + 10_000).toISOString();
const added = (before: string, more: string): string => [before.trim(), more].filter(Boolean).join('\n');
const joined = (draft: Opened['draft'], pasted: Pasted) => ({
  title: draft.title.trim() === '' ? pasted.title : draft.title, situation: added(draft.situation, draft.title.trim() === '' ? pasted.situation : added(pasted.title, pasted.situation)),
  analysis: added(draft.analysis, pasted.analysis), suggestion: added(draft.suggestion, pasted.suggestion),
});

function KeepingLine({ editor: { draft, unsafe, keepingWords } }: { editor: Editor }) {
  const connected = online.use();
  const waiting = draft.files.filter(({ id }) => id === null).length;
  return <><Saved words={keepingWords} bad={unsafe} />{waiting > 0 && <Saved bad words={connected ? `正在上传附件，还剩 ${waiting} 个` : `等待上传：附件 ${waiting} 个`} />}</>;
}

/** What keeps it from being handed in, each leading to its field. */
function Summary({ faults, trouble }: { faults: Faults; trouble: string }) {
  const found = Object.entries(faults) as [FieldName, string][];
  return <>
    {trouble !== '' && <Note tone="x" title="没能提交，内容还在" alert>{trouble}再点“提交”不会重复。</Note>}
    {found.length > 0 && <Note tone="x" title={`有 ${found.length} 处要改，改好再提交`} alert>
      {found.map(([field, words]) => <View key={field} className="note-link" {...a11y({ role: 'button' })} onClick={() => { scrollTo(`f-${places[field] ?? field}`); }}><Text>{words}</Text></View>)}
    </Note>}
  </>;
}

const boxes = [
  { part: 'title', label: '标题', placeholder: '一句话说清什么事', must: true }, { part: 'situation', label: '情况', placeholder: '时间、地点、范围、具体数字', must: true },
  { part: 'analysis', label: '原因分析', placeholder: '为什么会这样？', must: false }, { part: 'suggestion', label: '建议', placeholder: '一条一行，写明由谁做', must: true },
] as const;
function Texts({ editor: { draft, save }, onType, faults, limits }: { editor: Editor; onType: (part: Part, text: string) => void; faults: Faults; limits: Record<Part, { min: number; max: number }> & { total: number } }) {
  const total = lengthOf(draft.situation) + lengthOf(draft.analysis) + lengthOf(draft.suggestion);
  return <>
    {boxes.map(({ part, label, placeholder }) => <Field key={part} id={`f-${part}`} label={label} fault={faults[part] ?? (part === 'situation' ? faults.total : undefined)}
      hint={part === 'title' ? `${lengthOf(draft.title)} / ${limits.title.max} 字` : `${limits[part].min > 0 ? '必填，' : '选填，'}${lengthOf(draft[part])} 字`}>
      <TextArea tall={part === 'situation'} label={label} initial={draft[part]} placeholder={placeholder} onType={(text) => { onType(part, text); }} onLeave={save} />
    </Field>)}
    <View className="cap centre">正文合计 {total} / {limits.total} 字。不想打字：点键盘上的话筒说。</View>
  </>;
}
