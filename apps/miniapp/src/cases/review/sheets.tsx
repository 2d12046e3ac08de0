import { Text, View } from '@tarojs/components';
import { useRef, useState } from 'react';
import type { Catalogue, SubmissionView } from '@lvzhi/contracts';
import { preparedOutcomes, preparedOutcomeWords } from '@lvzhi/domain';
import { Sheet } from '../../parts/chip.tsx';
import { Field, Line, Opt, TextArea, Words } from '../../parts/form.tsx';
import { Btn } from '../../parts/plain.tsx';
import type { Decision, ReviewAction } from './decide.ts';

interface SheetProps { doc: SubmissionView; rules: Catalogue; note: string; busy: boolean; fault: string; onDecide: (decision: Decision) => void; onClose: () => void }
const notYet = '先不做';

/** The choices that an act needs beyond the written opinion. */
export function ActionSheet({ action, ...rest }: SheetProps & { action: ReviewAction }) {
  switch (action) {
    case 'not_adopt': return <NotAdopt {...rest} />;
    case 'reroute': return <Reroute {...rest} />;
    case 'prepare': return <Prepare {...rest} />;
    case 'review': return <ProposalReview {...rest} />;
    case 'pass': case 'return': case 'comment': case 'start_review': return null;
  }
}

function NotAdopt({ rules, note, busy, fault, onDecide, onClose }: SheetProps) {
  const [reason, setReason] = useState('');
  return <Sheet title="不予采用，请选理由" closeWords={notYet} onClose={onClose}>
    <Text className="sub">反映人会看到理由{note === '' ? '' : '和您写的意见'}。</Text>
    {rules.opinion.notAdoptedReasons.map(({ code, name }) => <Opt key={code} title={name} on={reason === code} onTap={() => { setReason(code); }} />)}
    {fault !== '' && <View className="fault">{fault}</View>}
    <Btn danger off={reason === ''} busy={busy} onTap={() => { onDecide({ action: 'not_adopt', reason, note }); }}>不予采用</Btn>
  </Sheet>;
}

function Reroute({ doc, rules, busy, fault, onDecide, onClose }: SheetProps) {
  const [to, setTo] = useState<string | null>();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState(0);
  const others = rules.committees.filter(({ id }) => id !== doc.committee?.id);
  return <Sheet title="不归我们，改送到哪里" closeWords={notYet} onClose={onClose}>
    {others.map(({ id, name }) => <Opt key={id} title={name} on={to === id} onTap={() => { setTo(id); }} />)}
    <Opt title="拿不准，退到分办台" on={to === null} onTap={() => { setTo(null); }} />
    <Field label="改送理由" hint="必填">
      <TextArea key={typed} label="改送理由" initial={reason} placeholder="为什么不归我们" onType={setReason} />
      <Words label="常用理由" options={rules.rerouteReasons.map((name) => ({ code: name, name }))} chosen={[]} onTap={(words) => { setReason(words); setTyped(typed + 1); }} />
    </Field>
    {fault !== '' && <View className="fault">{fault}</View>}
    <Btn off={to === undefined || reason.trim().length < 2} busy={busy} onTap={() => { if (to !== undefined) onDecide({ action: 'reroute', committeeId: to, reason }); }}>改送</Btn>
  </Sheet>;
}

function Prepare({ doc, note, busy, fault, onDecide, onClose }: SheetProps) {
  const [outcome, setOutcome] = useState<(typeof preparedOutcomes)[number]>();
  const offered = preparedOutcomes.filter((it) => it !== 'not_adopt' || doc.kind === 'opinion');
  return <Sheet title="拟初审意见，供主任审定" closeWords={notYet} onClose={onClose}>
    {offered.map((it) => <Opt key={it} title={preparedOutcomeWords[it]} on={outcome === it} onTap={() => { setOutcome(it); }} />)}
    <Text className="sub">{note.trim() === '' ? '请先在“初审意见”里写上拟办意见。' : `意见：${note}`}</Text>
    {fault !== '' && <View className="fault">{fault}</View>}
    <Btn off={!outcome || note.trim().length < 2} busy={busy} onTap={() => { if (outcome) onDecide({ action: 'prepare', outcome, note }); }}>交主任审定</Btn>
  </Sheet>;
}

function ProposalReview({ doc, rules, note, busy, fault, onDecide, onClose }: SheetProps) {
  const [outcome, setOutcome] = useState('');
  const [unitIds, setUnitIds] = useState<string[]>(doc.units.map(({ id }) => id));
  const [wanted, setWanted] = useState('');
  const written = useRef(note);
  const units = rules.units.filter(({ id, name }) => unitIds.includes(id) || (wanted !== '' && name.includes(wanted))).slice(0, 30);
  const tap = (id: string) => { setUnitIds(unitIds.includes(id) ? unitIds.filter((it) => it !== id) : [...unitIds, id]); };
  return <Sheet title="提出初审意见" closeWords={notYet} onClose={onClose}>
    {rules.proposal.outcomes.map(({ code, name }) => <Opt key={code} title={name} on={outcome === code} onTap={() => { setOutcome(code); }} />)}
    <Field label="初审意见" hint="必填"><TextArea label="初审意见" initial={note} placeholder="写给提案委" onType={(text) => { written.current = text; }} /></Field>
    <Field label="建议承办单位" hint="选填">
      <Line label="找单位" initial="" placeholder="输几个字找单位" onType={(text) => { setWanted(text.trim()); }} />
      <Words label="单位" options={units.map(({ id, name }) => ({ code: id, name }))} chosen={unitIds} onTap={tap} />
    </Field>
    {fault !== '' && <View className="fault">{fault}</View>}
    <Btn off={outcome === ''} busy={busy} onTap={() => { onDecide({ action: 'review', outcome, note: written.current, unitIds }); }}>{outcome === '' ? '请先选建议结果' : '提出初审意见'}</Btn>
  </Sheet>;
}
