import type { Problem } from '@guatu/kernel'
import { invalid } from './problems.ts'

const LONGEST = 128
const FIELD = { zh: '密码', en: 'password' }

/** The commonest passwords of ten characters and more, of published leak lists and Chinese habits. Shorter ones fail by their length. */
const COMMONEST = new Set(
  `1234567890 0123456789 0987654321 9876543210 12345678910 123456789a a123456789 aa123456789 a1234567890 abc123456789 123456789abc qq123456789
   1234567891 123123123123 1122334455 1357924680 147258369 1472583690 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc qwertyuiop qwerty12345 qwerty123456
   qwertyuiop123 asdfghjkl123 zxcvbnm123 password12 password123 password1234 password12345 passw0rd123 p@ssw0rd123 p@ssword123 administrator
   admin12345 admin123456 admin@12345 root123456 welcome123 letmein123 iloveyou123 changeme123 woaini1314 woaini520 woaini5201314 5201314520
   5201314123 woaiwojia123 zhangwei123 wangwei123 beijing2008 zhongguo123 abcdefghij abcd123456 test123456 user123456 guest12345 monkey1234
   dragon1234 football123 sunshine123 princess123 superman123 1111111111 0000000000 8888888888 6666666666`.split(/\s+/),
)

/** Why a password cannot be taken, or nothing. @param shortest least number of characters, a dated parameter */
export function passwordProblem(password: unknown, username: string, shortest: number): Problem | undefined {
  const wrong = (zh: string, en: string) => invalid('password', FIELD, zh, en)
  if (typeof password !== 'string' || [...password].length < shortest)
    return wrong(`至少${shortest}个字符。`, `at least ${shortest} characters.`)
  if (password.length > LONGEST) return wrong(`最多${LONGEST}个字符。`, `at most ${LONGEST} characters.`)
  const plain = password.toLowerCase()
  const name = username.toLowerCase()
  if (plain.replaceAll(name, '').length < 4 && name !== '') return wrong('不能由账号名组成。', 'it must not be made of the account name.')
  if (COMMONEST.has(plain) || new Set(plain).size < 4)
    return wrong('太常见，容易被猜中，请换一个。', 'too common and easily guessed; choose another.')
  return undefined
}
