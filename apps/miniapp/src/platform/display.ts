import { systemTextSize } from './device.ts';
import { useMe } from './session.ts';
import { recall } from './storage.ts';

/** WeChat's own setting from which on we take it that the person wants large type (care mode). */
const elderText = 22;

/** Large type: as the person chose it (kept on the server), else as this phone last had it, else as WeChat is set. */
export function useLarge(): boolean {
  const chosen = useMe()?.largeType;
  if (typeof chosen === 'boolean') return chosen;
  const here = recall('lvzhi.large');
  return typeof here === 'boolean' ? here : systemTextSize() >= elderText;
}
