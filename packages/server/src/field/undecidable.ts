import { type Problem, refuse } from '@guatu/kernel'

/** Why an act of the box can be taken over no more: what it names was erased. */
export const erasedMeanwhile = (): Problem =>
  refuse(
    'erased-meanwhile',
    {
      zh: '本条涉及的个人信息已按规定删除，内容一并删除，不能再接收，无需处理。',
      en: 'This names somebody whose identity was erased as the rules say; it was removed with it, and nothing is left to do.',
    },
    { status: 409 },
  )

/**
 * Why nobody can read an act of the box: another server sealed it, as after a restore without the secret.
 * @param issue it issued a pass, whose code every gate believes as long as nobody knows what stands on it
 */
export const unreadable = (issue: boolean): Problem =>
  refuse(
    'unreadable',
    issue
      ? {
          zh: '本条发证记录用本服务器的密钥打不开（多因恢复数据时没有带上 secret 文件），不能决定，因为证可能已经发出。请系统管理员将原来的 secret 文件放回数据目录并重启；找不到时，请停用该手机的通行证签发密钥。',
          en: 'This issue of a pass does not open with the key of this server, mostly after a restore without the file secret. It cannot be decided on, for the pass may be out. Have the administrator put the former secret back into the data folder and start again; where it is lost, revoke the pass signing key of that phone.',
        }
      : {
          zh: '本条用本服务器的密钥打不开（多因恢复数据时没有带上 secret 文件），不能接收。请系统管理员将原来的 secret 文件放回数据目录并重启；找不到时，请原工作人员重新录入，本条写明原因不接收。',
          en: 'This does not open with the key of this server, mostly after a restore without the file secret, and cannot be taken over. Have the administrator put the former secret back into the data folder and start again; where it is lost, have the worker enter it anew and let this rest with that reason.',
        },
    { status: 409 },
  )

/** Why an issue stays in the box: its pass could not be put among the stopped ones. */
export const notWithheld = (why: Problem): Problem =>
  refuse(
    'not-withheld',
    {
      zh: `此证未能列入停用名单：${why.message.zh}本条保留，请稍后再试；仍不行时，请停用该手机的通行证签发密钥。`,
      en: `This pass could not be put among the stopped ones: ${why.message.en} The entry stays; try again later, and where that does not help revoke the pass signing key of that phone.`,
    },
    { status: why.status >= 500 ? why.status : 409 },
  )
