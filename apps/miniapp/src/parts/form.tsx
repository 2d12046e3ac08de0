import { Input, Switch, Text, Textarea, View } from '@tarojs/components';
import { useState } from 'react';
import type { PropsWithChildren } from 'react';
import { a11y } from './a11y.ts';
import { Icon } from './icon.tsx';
import { cx } from './plain.tsx';

/** A labelled place to fill in, with its complaint right below. */
export const Field = ({ id, label, hint, fault, children }: PropsWithChildren<{ id?: string; label: string; hint?: string; fault?: string | undefined }>) => (
  <View className={cx('field', fault !== undefined && 'wrong')} {...(id !== undefined && { id })}>
    <View className="lab"><Text>{label}</Text>{hint !== undefined && <Text className="hint">{hint}</Text>}</View>
    {children}
    {fault !== undefined && <View className="fault" {...a11y({ role: 'alert' })}><Icon name="alert" /><Text>{fault}</Text></View>}
  </View>
);

interface TypingProps { label: string; initial: string; placeholder?: string; onType: (text: string) => void; onLeave?: () => void }
/** Uncontrolled: what is typed is never sent back into the box, so the cursor never jumps and no key press is lost on slow phones. */
export function Line({ label, initial, placeholder = '', onType, onLeave }: TypingProps) {
  const [first] = useState(initial);
  return <Input className="ta line" defaultValue={first} placeholder={placeholder} placeholderClass="faint" maxlength={-1} cursorSpacing={120} {...a11y({ label })}
    onInput={(event) => { onType(event.detail.value); }} {...(onLeave && { onBlur: onLeave })} />;
}
export function TextArea({ label, initial, placeholder = '', onType, onLeave, tall }: TypingProps & { tall?: boolean }) {
  const [first] = useState(initial);
  return <Textarea className={cx('ta', tall && 'tall')} defaultValue={first} placeholder={placeholder} placeholderClass="faint" maxlength={-1} autoHeight cursorSpacing={120} {...a11y({ label })}
    onInput={(event) => { onType(event.detail.value); }} {...(onLeave && { onBlur: onLeave })} />;
}

/** One of a few, side by side. */
export function Seg<T extends string>({ label, options, value, onChoose }: { label: string; options: readonly { code: T; name: string }[]; value: T | null; onChoose: (code: T) => void }) {
  return <View className="seg" {...a11y({ role: 'tablist', label })}>
    {options.map(({ code, name }) => <View key={code} className={cx('seg-one', code === value && 'on')} {...a11y({ role: 'tab', selected: code === value })} onClick={() => { onChoose(code); }}>{name}</View>)}
  </View>;
}
/** One or several of many, as words that wrap; `scale`: figures, one under the other. Tapping a chosen one takes it away. */
export function Words({ label, options, chosen, onTap, scale }: { label: string; scale?: boolean; options: readonly { code: string; name: string }[]; chosen: readonly string[]; onTap: (code: string) => void }) {
  return <View className={cx('words', scale && 'scale')} {...a11y({ label })}>
    {options.map(({ code, name }) => <View key={code} className={cx('quick', chosen.includes(code) && 'on')} {...a11y({ role: 'checkbox', checked: chosen.includes(code) })} onClick={() => { onTap(code); }}>
      {chosen.includes(code) && <Icon name="check" />}<Text>{name}</Text></View>)}
  </View>;
}
/** A promise to tick by hand. Never ticked beforehand. */
export const Tick = ({ on, onTap, children }: PropsWithChildren<{ on: boolean; onTap: () => void }>) => (
  <View className="tick" {...a11y({ role: 'checkbox', checked: on })} onClick={onTap}><View className={cx('box', on && 'on')}>{on && <Icon name="check" />}</View><View className="grow">{children}</View></View>
);
/** A choice with room for an explanation. */
export const Opt = ({ on, onTap, title, note }: { on: boolean; onTap: () => void; title: string; note?: string }) => (
  <View className={cx('opt', on && 'on')} {...a11y({ role: 'radio', checked: on })} onClick={onTap}>
    <View className="rad" /><View className="grow"><View className="strong">{title}</View>{note !== undefined && <View className="cap">{note}</View>}</View>
  </View>
);
export const Toggle = ({ on, label, onChange }: { on: boolean; label: string; onChange: (on: boolean) => void }) =>
  <Switch checked={on} color="#15506B" {...a11y({ label })} onChange={(event) => { onChange(event.detail.value); }} />;
