/** What a text of the house may name of the city, filled in when it is shown. */
export const cityPlaceholders = { city: '市名', organ: '机关全称', shortOrgan: '机关简称', contact: '联系部门', phone: '联系电话', rosterPhone: '管名册的部门的电话', address: '地址', hours: '办公时间' } as const;

/** What is wrong with the {…} of a text; undefined: nothing. */
export function placeholderFault(text: string, known: Readonly<Record<string, string>>): string | undefined {
  const bare = text.replace(/\{[^{}]*\}/g, '');
  if (/[{}]/.test(bare)) return '有一个大括号没有配对';
  const allowed = Object.keys(known).map((name) => `{${name}}`).join('、');
  const unknown = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name).find((name) => !Object.hasOwn(known, name));
  return unknown === undefined ? undefined : `不认识 {${unknown}}，${allowed === '' ? '这里不能用大括号' : `可以用的有 ${allowed}`}`;
}

/** Puts what is known in the place of each {name}; what is not known stays. */
export const filledIn = (text: string, facts: Readonly<Record<string, string>>): string => text.replace(/\{(\w+)\}/g, (all, name: string) => (Object.hasOwn(facts, name) ? facts[name] ?? all : all));
