import { type Book, json, jsonBody } from './book.ts'

/** Addresses around accounts, audit and settings: what they are; their bodies are objects whose fields are checked where they are read. */
const ADDRESSES: readonly (readonly [method: 'get' | 'post', path: string, id: string, summary: string, open?: true])[] = [
  ['get', '/api/auth/options', 'auth.options', '可用的登录方式 / ways to sign in', true],
  ['post', '/api/auth/sign-in/username', 'auth.signIn', '登录 / sign in', true],
  ['get', '/api/auth/callback/{provider}', 'auth.callback', "统一登录回调 / back from the city's own sign-on", true],
  ['get', '/api/account', 'account', '我的账号 / the own account'],
  ['post', '/api/account/password', 'account.password', '修改密码 / change the password'],
  ['post', '/api/account/second-factor', 'account.secondFactor', '启用两步验证 / begin a second factor'],
  ['post', '/api/account/second-factor/confirm', 'account.secondFactor.confirm', '确认两步验证 / confirm it'],
  ['post', '/api/account/second-factor/end', 'account.secondFactor.end', '停用两步验证 / end it'],
  ['get', '/api/account/preferences', 'account.preferences', '个人设置：保存的筛选、列 / own choices: saved filters, columns'],
  ['post', '/api/account/preferences/{name}', 'account.preferences.keep', '保存一项个人设置 / keep one of them'],
  ['post', '/api/account/sessions/{id}/end', 'account.sessions.end', '退出某一会话 / end a session'],
  ['post', '/api/account/sessions/end-others', 'account.sessions.endOthers', '退出其他会话 / end all others'],
  ['get', '/api/accounts', 'accounts.list', '账号列表 / accounts'],
  ['post', '/api/accounts', 'accounts.add', '新建账号 / add an account'],
  ['get', '/api/accounts/ended', 'accounts.ended', '授权所在区划已撤并的账号 / accounts with a grant in an area that ended'],
  ['post', '/api/accounts/grants-again', 'accounts.grantsAgain', '改授到承接区划 / grant again at what took the place'],
  ['get', '/api/accounts/{id}', 'accounts.get', '账号详情 / an account'],
  [
    'get',
    '/api/accounts/{id}/charges',
    'accounts.charges',
    '账号负责的事项，带 grant 时为该项授权终止后交出的 / what an account is in charge of; with `grant`, what would go with that one',
  ],
  ['post', '/api/accounts/{id}/grants', 'accounts.grant', '授予角色 / give a role'],
  ['post', '/api/accounts/{id}/grants/{grant}/end', 'accounts.grant.end', '终止角色 / end a role'],
  ['post', '/api/accounts/{id}/reset', 'accounts.reset', '重置密码 / reset the password'],
  ['post', '/api/accounts/{id}/unlock', 'accounts.unlock', '解除锁定 / unlock'],
  ['post', '/api/accounts/{id}/close', 'accounts.close', '停用账号 / close'],
  [
    'post',
    '/api/accounts/{id}/open',
    'accounts.open',
    '启用账号，again 为真时恢复停用时结束、此后无人接手的分工 / open; with `again`, what ended with it and nobody was given since is theirs again',
  ],
  ['post', '/api/accounts/{id}/end-sessions', 'accounts.endSessions', '强制退出 / end its sessions'],
  ['post', '/api/accounts/{id}/end-sign-on', 'accounts.endSignOn', "解除统一认证关联 / end its links to the city's sign-on"],
  ['post', '/api/accounts/{id}/remove-second-factor', 'accounts.removeSecondFactor', '移除两步验证 / remove its second factor'],
  ['get', '/api/audit/looks', 'audit.looks', '查阅个人信息的记录 / looks at personal data'],
  ['get', '/api/audit/accounts', 'audit.accounts', '账号变动记录 / acts on accounts'],
  ['get', '/api/audit/chains', 'audit.chains', '哈希链 / hash chains'],
  ['post', '/api/audit/chains/verify', 'audit.chains.verify', '核对哈希链 / verify them'],
  ['get', '/api/settings', 'settings.list', '规则参数 / dated parameters'],
  ['post', '/api/settings/{code}', 'settings.add', '新增参数值 / set a value from a day on'],
]

export function accountPaths(book: Book): void {
  for (const [method, path, operationId, summary, open] of ADDRESSES) {
    const answer = json({ type: 'object' })
    book.add(method, path, {
      operationId,
      summary,
      tags: [path.split('/')[2] ?? 'account'],
      ...(open ? { open } : {}),
      ...(method === 'post' ? { requestBody: { ...jsonBody({ type: 'object' }), required: false } } : {}),
      responses: { 200: answer, 201: answer },
    })
  }
}
