import { Text } from '@tarojs/components';
import { Field, Tick } from './form.tsx';

/** 不涉密承诺 and 原创承诺: each is ticked by hand. */
export interface Pledges { readonly noSecret: boolean; readonly original: boolean; /** Where there are pictures: they may be printed and published. Not needed. */ readonly picturesAgreed?: boolean; /** Of a body's proposal: that it is signed. */ readonly signed?: boolean }

export function PledgeCard({ pledges, faults, words, pictures = false, ofBody = false, onChange }: { pledges: Pledges; pictures?: boolean; /** A body's text, not one's own. */ ofBody?: boolean; faults: { readonly noSecret?: string | undefined; readonly original?: string | undefined }; words: string; onChange: (pledges: Pledges) => void }) {
  const fault = [!pledges.noSecret && faults.noSecret, !pledges.original && faults.original].filter(Boolean).join('；');
  return <Field id="f-pledges" label="提交前请承诺" {...(fault && { fault })}>
    <Text className="sub">{words}</Text>
    <Tick on={pledges.noSecret} onTap={() => { onChange({ ...pledges, noSecret: !pledges.noSecret }); }}>我承诺内容不涉密，不含他人隐私</Tick>
    <Tick on={pledges.original} onTap={() => { onChange({ ...pledges, original: !pledges.original }); }}>{ofBody ? '本单位原创，未向其他渠道报送' : '本人原创，未向其他渠道报送'}</Tick>
    {pictures && <Tick on={pledges.picturesAgreed === true} onTap={() => { onChange({ ...pledges, picturesAgreed: pledges.picturesAgreed !== true }); }}>照片可以用于编发和公众号（可以不勾）</Tick>}
  </Field>;
}
