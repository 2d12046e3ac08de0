/** What people choose when they are in a hurry, in lower case and without signs between: the first that anybody tries. */
const common = ['password', 'passw0rd', 'p@ssw0rd', 'qwerty', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'iloveyou', 'woaini', 'woaini1314', 'admin', 'administrator', 'welcome', 'letmein', 'abc', 'a1b2c3d4', 'q1w2e3r4', '1q2w3e4r', '1qaz2wsx', 'zaq12wsx', 'zhengxie', 'lvzhi', 'anquan', 'mima', 'root', 'test', 'user'];
const rows = ['01234567890', '09876543210', 'abcdefghijklmnopqrstuvwxyz', 'zyxwvutsrqponmlkjihgfedcba', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** Whose password it is: what stands in it must not be what everybody knows of them. */
interface Owner { readonly login: string; readonly name: string }
const mostLength = 64;

/** How many different signs there are, and how many are left when what follows its neighbour (abc, 321, aaa) counts once. */
function weight(text: string): number {
  let left = 0;
  for (let at = 0; at < text.length; at += 1) {
    const pair = text.slice(at, at + 2);
    if (pair.length < 2 || (pair[0] !== pair[1] && !rows.some((row) => row.includes(pair)))) left += 1;
  }
  return left;
}

/** The rules as a person reads them before choosing. `minLength`: a setting. */
export const passwordRules = (minLength: number): string[] => [
  `${minLength} 到 ${mostLength} 位，字母、数字、符号都可以，长比花样要紧`, '不含账号，不是姓名加数字', '不是连着的或重复的字符，不是常见的密码', '和现在的不一样',
];

/** Why this may not be a password, in plain Chinese; undefined: it may. */
export function passwordFault(password: string, { login, name }: Owner, minLength: number): string | undefined {
  if (password.length < minLength) return `新密码至少 ${minLength} 位，现在是 ${password.length} 位`;
  if (password.length > mostLength) return `新密码最多 ${mostLength} 位`;
  if (/[^\x20-\x7e]/.test(password)) return '新密码只能用字母、数字和符号，不能用汉字和全角字符';
  if (password !== password.trim()) return '新密码的开头和结尾不能是空格';
  const lower = password.toLowerCase();
  if (login !== '' && lower.includes(login.toLowerCase())) return '新密码里不能有自己的账号';
  if (name !== '' && lower.includes(name.toLowerCase())) return '新密码里不能有自己的姓名';
  const words = lower.replace(/[^a-z0-9]/g, '');
  if (common.some((word) => words.includes(word) && /^\d*$/.test(words.replace(word, '')))) return '这是常见的密码，别人容易猜到，请换一个';
  if (new Set(lower).size < 5 || weight(lower) < 5) return '新密码里连着的或重复的字符太多，请换一个';
  return undefined;
}
