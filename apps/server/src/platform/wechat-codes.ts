import type { Errcode } from '@lvzhi/wechat-fake';

const known = <const T extends Record<string, Errcode>>(codes: T): T => codes;
/** The codes that decide what we do next; all others are refusals to be looked at. */
export const WECHAT = known({ busy: -1, notSeen: 61_010, refused: 43_101, dayQuota: 45_009, minuteQuota: 45_011, badField: 47_003, wrongOpenid: 40_003, wrongTemplate: 40_037, unknownPage: 41_030 });

/** Our token is dead: fetch it again and try once more. */
const tokenFaults: readonly Errcode[] = [40_001, 40_014, 42_001];
export const isTokenFault = (errcode: number): boolean => tokenFaults.some((it) => it === errcode);

/** Something only the operator can mend: the account, its secret, the list of addresses. Said at /health, never to a member. */
const operators: readonly Errcode[] = [40_013, 40_125, 40_164, 41_002, 41_004];
export const isOperators = (errcode: number): boolean => operators.some((it) => it === errcode) || errcode === 40_243 || (errcode >= 89_503 && errcode <= 89_507);
