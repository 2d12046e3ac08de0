import { choices, choiceWords } from '@lvzhi/domain';
import type { Choice } from '@lvzhi/domain';
import { Field, Seg } from './form.tsx';

export interface SaidChoices { readonly publicity: Choice | null; readonly conversion: Choice | null }
const options = choices.map((code) => ({ code, name: choiceWords[code] }));
interface Props { id: string; label: string; hint: string; value: Choice | null; onChange: (value: Choice | null) => void }
/** 同意 or 不同意, and nothing at first: whoever says nothing is asked when it comes to that. Tapping what is chosen takes it back. */
const Said = ({ id, label, hint, value, onChange }: Props) => <Field id={id} label={label} hint={hint}><Seg label={label} options={options} value={value} onChoose={(code) => { onChange(code === value ? null : code); }} /></Field>;

export const PublicitySaid = ({ value, onChange }: Pick<Props, 'value' | 'onChange'>) => <Said id="f-publicity" label="是否同意公开" hint="选填，公开时略去联系方式；不选的以后再问您" value={value} onChange={onChange} />;
export const ProposalSaid = ({ said, onChange }: { said: SaidChoices; onChange: (change: Partial<SaidChoices>) => void }) => <>
  <PublicitySaid value={said.publicity} onChange={(publicity) => { onChange({ publicity }); }} />
  <Said id="f-conversion" label="不立案的，是否同意转社情民意" hint="选填，不选的以后再问您" value={said.conversion} onChange={(conversion) => { onChange({ conversion }); }} />
</>;
