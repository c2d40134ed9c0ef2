/** Names of methods as they stand below a picture. Results name them in English, for programs and for citing; people read their own language. */

type Words = (...found: string[]) => string

const families: Readonly<Record<string, string>> = { gamma: '伽马', lognormal: '对数正态', weibull: '韦布尔', normal: '正态' }
const models: Readonly<Record<string, string>> = { 'negative binomial': '负二项', Poisson: '泊松', 'quasi-Poisson': '拟泊松' }

const names: readonly (readonly [RegExp, Words])[] = [
  [/^renewal equation.*$/, () => '更新方程：R 的趋势逐日减弱，增长引起应对，病例数按负二项'],
  [/^nowcast: .*$/, () => '反向风险（Beta）配先验时滞，局部水平 Gamma–Poisson'],
  [/^(.+) regression of counts on days.*$/, (model = '') => `${models[model] ?? model}回归（对数连接），按日`],
  [/^Delay-adjusted case fatality, profile likelihood (\(.*\))$/, (source = '') => `按时滞校正，轮廓似然${source}`],
  [
    /^Doubly interval-censored (\w+) fit( with right truncation)? (\(.*\))$/,
    (family = '', truncated = '', source = '') =>
      `双区间删失${families[family.toLowerCase()] ?? family}分布拟合${truncated === '' ? '' : '，校正右截断'}${source}`,
  ],
  [/^Kulldorff spatial scan, Poisson (\(.*\))$/, (source = '') => `Kulldorff 空间扫描，泊松模型${source}`],
  [/^Kulldorff prospective space-time scan, Poisson (\(.*\))$/, (source = '') => `Kulldorff 前瞻性时空扫描，泊松模型${source}`],
  [/^Kulldorff space-time permutation scan (\(.*\))$/, (source = '') => `Kulldorff 时空重排扫描${source}`],
  [/^Back-projection by EMS (\(.*\))$/, (source = '') => `反投影（EMS 算法）${source}`],
  [/^Admissions convolved with length of stay.*$/, () => '收治人数与住院天数卷积，逐例模拟'],
  [
    /^Chains by serial interval and exposure \(Wallinga and Teunis, (.*)\)$/,
    (source = '') => `按代间距与接触推断（Wallinga–Teunis，${source}）`,
  ],
  [/^Household secondary attack rate: .*$/, () => '家庭续发率：Clopper–Pearson 区间、Wilson 区间、按户 Beta-二项'],
  [/^Longini–Koopman household model, maximum likelihood (\(.*\))$/, (source = '') => `Longini–Koopman 家庭模型，最大似然${source}`],
  [/^Risk ratio, Katz log interval (\(.*\))$/, (source = '') => `相对危险度，Katz 对数区间${source}`],
  [/^Common presence by place and time$/, () => '按同一场所、同一时间共处判定'],
  [/^Counts and first differences; corrections kept$/, () => '逐日计数与差值，更正数保留'],
  [/^stock = stock before \+ entries − exits$/, () => '存量 = 前日存量 + 进 − 出'],
  [/^EARS, CUSUM and Farrington together$/, () => 'EARS、CUSUM、Farrington 并用'],
  [/^Negative binomial offspring, maximum likelihood (\(.*\))$/, (source = '') => `续发人数负二项分布，最大似然${source}`],
  [/^EARS (\w+), baseline (\d+) days$/, (kind = '', days = '') => `EARS ${kind}，基线 ${days} 天`],
  [/^CUSUM, (\w+), k = (.+), h = (.+)$/, (kind = '', k = '', h = '') => `CUSUM（${kind}），k = ${k}，h = ${h}`],
  [
    /^Farrington (classic|flexible), (\d+) years, (\d+) period\(s\), (\w+)$/,
    (kind = '', years = '', periods = '', bound = '') =>
      `Farrington ${kind === 'classic' ? '原法' : '灵活法'}，${years} 年，${periods} 个时段，阈值 ${bound}`,
  ],
  [/^Wallinga and Teunis 2004, exact binomial interval$/, () => 'Wallinga–Teunis 2004，精确二项区间'],
  [/^Cori 2013, parametric serial interval$/, () => 'Cori 2013，参数代间距'],
  [/^Cori 2013, non-parametric serial interval$/, () => 'Cori 2013，经验代间距'],
  [
    /^Thompson 2019, uncertain serial interval, exact mixture of (\d+) draws$/,
    (draws = '') => `Thompson 2019，代间距不确定，${draws} 组精确混合`,
  ],
]

/** The name of a method in the language of the picture; a name that is not known stays as it is. */
export function methodWords(method: string, language: 'zh' | 'en'): string {
  if (language === 'en') return method
  for (const [pattern, words] of names) {
    const found = pattern.exec(method)
    if (found !== null) return words(...found.slice(1).map((part) => part ?? ''))
  }
  return method
}
