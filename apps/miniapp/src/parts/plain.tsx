import { Button, Text, View } from '@tarojs/components';
import type { PropsWithChildren, ReactNode } from 'react';
import { a11y } from './a11y.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

export const cx = (...names: (string | false | undefined)[]): string => names.filter(Boolean).join(' ');

/** A space at which no line ends. */
const fixed = '\u00A0';
/** Facts about one thing beside each other; a line ends between them and not within. */
export function Facts({ of }: { of: readonly (string | null | undefined)[] }) {
  const told = of.filter((it): it is string => it !== null && it !== undefined && it !== '');
  return <View>{told.map((it, at) => <Text key={it} className="whole">{at < told.length - 1 ? `${it}${fixed}·${fixed}` : it}</Text>)}</View>;
}

/** A white sheet; `flush` for rows that reach its edges. */
export const Card = ({ children, flush, tight, id }: PropsWithChildren<{ flush?: boolean; tight?: boolean; id?: string }>) =>
  <View className={cx('card', flush && 'flush', tight && 'tight')} {...(id !== undefined && { id })}>{children}</View>;
/** What sort of thing a card is about. */
export const Kind = ({ icon, children }: PropsWithChildren<{ icon: IconName }>) => <View className="kind"><Icon name={icon} /><Text>{children}</Text></View>;
export const Tag = ({ tone, children }: PropsWithChildren<{ tone?: 'b' | 'o' | 'w' | 'x' }>) => <Text className={cx('tag', tone)}>{children}</Text>;
export const Meta = ({ icon, children }: PropsWithChildren<{ icon: IconName }>) => <View className="meta-row"><Icon name={icon} /><View className="grow">{children}</View></View>;
export const Section = ({ title, children }: PropsWithChildren<{ title: string }>) => <View className="sec"><Text className="grow">{title}</Text>{children}</View>;

interface BtnProps { main?: boolean; plain?: boolean; danger?: boolean; size?: 'two' | 'fit'; off?: boolean; busy?: boolean; onTap: () => void; label?: string }
/** One act. `main`: the one solid button of a screen. `off`: shown, not usable, with the reason nearby. While `busy` a second tap does nothing. */
export const Btn = ({ main, plain, danger, size, off, busy, onTap, label, children }: PropsWithChildren<BtnProps>) => (
  <Button className={cx('btn', main && 'pri', plain && 'txt', danger && 'danger', size, (off || busy) && 'off')} hoverClass="pressed"
    {...a11y({ ...(process.env.TARO_ENV === 'h5' && { role: 'button' }), ...(label !== undefined && { label }) })} onClick={() => { if (!off && !busy) onTap(); }}>{children}</Button>
);
/** Side by side; one above the other in large type. */
export const Btns = ({ children }: PropsWithChildren) => <View className="btns">{children}</View>;

interface RowProps { title: string; note?: string | undefined; icon?: IconName; chip?: ReactNode; end?: ReactNode; lines?: 1 | 2; onTap?: () => void; strong?: boolean }
/** One line of a list; with `onTap` it leads somewhere and shows so. */
export const Row = ({ title, note, icon, chip, end, lines = 2, onTap, strong }: RowProps) => (
  <View className="li" hoverClass={onTap ? 'pressed' : 'none'} {...(onTap && { onClick: onTap, ...a11y({ role: 'button' }) })}>
    {icon && <View className="ico"><Icon name={icon} /></View>}
    <View className="g">
      <Text className={cx('t', lines === 1 ? 'cl' : 'cl2', strong && 'strong')}>{title}</Text>
      {note !== undefined && note !== '' && <Text className="cap">{note.replace(/ (·|前|提交)/g, `${fixed}$1`)}</Text>}
      {chip && <View className="row-chip">{chip}</View>}
    </View>
    {end}
    {onTap && <Icon name="r" />}
  </View>
);

const noteIcons = { w: 'lock', b: 'info', x: 'alert', o: 'check' } as const;
/** A remark: b information, w attention, x failure, o good news. */
export const Note = ({ tone, icon, title, children, alert, onTap }: PropsWithChildren<{ tone: 'w' | 'b' | 'x' | 'o'; icon?: IconName; title?: string; alert?: boolean; onTap?: () => void }>) => (
  <View className={`note ${tone}`} {...a11y(alert ? { role: 'alert' } : onTap ? { role: 'button' } : {})} {...(onTap && { onClick: onTap })}>
    <Icon name={icon ?? noteIcons[tone]} />
    <View className="grow">{title !== undefined && <View className="strong">{title}</View>}{children}</View>
  </View>
);
export const Hero = ({ title, small, children }: PropsWithChildren<{ title: string; small?: boolean }>) =>
  <View className="hero"><View className={small ? 'hero-s' : 'hero-t'}>{title}</View>{children}</View>;
