/**
 * Two invented meetings of the demonstration city and what came of them. Everything here is made up for the demonstration: no
 * such meeting was held, no person is named, every figure is an example.
 */

/** What a unit did on a day: `at` is `MM-DD HH:mm` in city time, 2020. */
export type Step =
  | { readonly at: string; readonly unit: string; readonly do: 'sign' }
  | {
      readonly at: string
      readonly unit: string
      readonly do: 'update'
      readonly percent: number
      readonly text: string
      readonly problems?: string
    }
  | { readonly at: string; readonly unit: string; readonly do: 'report'; readonly text: string }
  | {
      readonly at: string
      readonly unit: string
      readonly do: 'askExtension'
      readonly to: string
      readonly text: string
      readonly reason: string
    }
  | { readonly at: string; readonly unit: string; readonly do: 'grantExtension' }
  | {
      readonly at: string
      readonly unit: string
      readonly do: 'chase'
      readonly how: 'phone' | 'letter' | 'visit' | 'site'
      readonly text: string
    }
  | { readonly at: string; readonly unit: string; readonly do: 'accept'; readonly text: string }
  | { readonly at: string; readonly unit: string; readonly do: 'return'; readonly reason: 'facts' | 'unfinished'; readonly text: string }

export interface DemoDirective {
  readonly quote: string
  readonly action: string
  readonly domain: string
  readonly soft?: boolean
  readonly urgency?: string
  readonly lead?: string
  readonly assisting?: readonly string[]
  readonly due?: string
  readonly steps?: readonly Step[]
  /** When the leader closed it. */
  readonly closed?: string
}

export interface DemoMeeting {
  readonly title: string
  readonly body: string
  readonly session: number
  readonly heldOn: string
  /** When the clerk wrote it down; approval and assignment follow within the hour. */
  readonly recordedAt: string
  readonly opening: string
  readonly directives: readonly DemoDirective[]
}

const COUNTIES = ['u-hq-511902', 'u-hq-511903', 'u-hq-511921', 'u-hq-511922', 'u-hq-511923'] as const
const sign = (unit: string, at: string): Step => ({ at, unit, do: 'sign' })
const update = (unit: string, at: string, percent: number, text: string, problems?: string): Step => ({
  at,
  unit,
  do: 'update',
  percent,
  text,
  ...(problems === undefined ? {} : { problems }),
})
const report = (unit: string, at: string, text: string): Step => ({ at, unit, do: 'report', text })
const accept = (unit: string, at: string, text = '事实清楚，同意办结。'): Step => ({ at, unit, do: 'accept', text })

/** A unit that signs, reports twice and hands in its work. */
const wholeCourse = (unit: string, days: readonly [signed: string, half: string, done: string, reviewed: string], what: string): Step[] => [
  sign(unit, days[0]),
  update(unit, days[1], 60, `${what}已完成六成（演示）。`),
  report(unit, days[2], `${what}已全部完成，名单和照片附后（演示）。`),
  accept(unit, days[3]),
]

export const DEMO_MEETINGS: readonly DemoMeeting[] = [
  {
    title: '演示会议：市应急指挥部第1次调度会（虚构）',
    body: '市应急指挥部（演示）',
    session: 1,
    heldOn: '2020-02-04',
    recordedAt: '02-05 08:30',
    opening: '本文为演示材料，会议、内容和数字均为虚构。会议研究了当前防控和恢复生产的有关工作。',
    directives: [
      { quote: '各级各部门要提高认识，把各项要求放在心上', action: '提高认识', domain: 'command', soft: true },
      {
        quote: '要逐村逐户摸清外地返乡人员底数，2月12日前建立台账',
        action: '摸清外地返乡人员底数并建立台账',
        domain: 'containment',
        lead: 'u-health',
        assisting: COUNTIES,
        due: '2020-02-12',
        closed: '02-13 16:00',
        steps: [
          ...wholeCourse('u-health', ['02-05 10:10', '02-08 17:00', '02-12 11:20', '02-12 17:30'], '汇总各区县台账'),
          ...wholeCourse('u-hq-511902', ['02-05 10:30', '02-07 18:00', '02-10 16:00', '02-11 10:00'], '进村入户摸底'),
          ...wholeCourse('u-hq-511903', ['02-05 14:00', '02-08 18:10', '02-11 15:00', '02-12 09:30'], '进村入户摸底'),
          ...wholeCourse('u-hq-511921', ['02-06 09:00', '02-09 11:00', '02-12 10:00', '02-12 16:00'], '进村入户摸底'),
          ...wholeCourse('u-hq-511922', ['02-07 15:00', '02-10 11:00', '02-12 16:40', '02-13 10:00'], '进村入户摸底'),
          ...wholeCourse('u-hq-511923', ['02-05 16:20', '02-08 09:00', '02-11 17:30', '02-12 10:40'], '进村入户摸底'),
        ],
      },
      {
        quote: '疾控机构要指导社区落实居家观察人员每日两次测温',
        action: '落实居家观察人员每日两次测温',
        domain: 'observation',
        lead: 'u-cdc',
        assisting: ['u-health'],
        due: '2020-02-20',
        steps: [
          sign('u-cdc', '02-05 09:40'),
          update('u-cdc', '02-09 17:30', 35, '已培训社区测温人员，覆盖三个区县（演示）。'),
          update('u-cdc', '02-13 17:30', 70, '五个区县全部覆盖，开始抽查记录（演示）。'),
          sign('u-health', '02-05 10:12'),
          update('u-health', '02-13 15:00', 60, '体温计已发到各社区卫生站（演示）。'),
        ],
      },
      {
        quote: '公安、交通部门要在进出城通道联合设置检查点并全天值守',
        action: '设置进出城检查点并全天值守',
        domain: 'access_control',
        lead: 'u-police',
        assisting: ['u-transport'],
        due: '2020-02-10',
        closed: '02-12 09:30',
        steps: [
          ...wholeCourse('u-police', ['02-05 09:30', '02-06 20:00', '02-09 18:00', '02-10 09:00'], '检查点设置和排班'),
          ...wholeCourse('u-transport', ['02-05 11:00', '02-07 10:00', '02-09 15:00', '02-10 09:20'], '检查点道路保障'),
        ],
      },
      {
        quote: '要尽快为外出务工人员统一开具健康证明，2月11日前各乡镇都能办理',
        action: '为外出务工人员统一开具健康证明',
        domain: 'health_certificate',
        urgency: '尽快',
        lead: 'u-health',
        assisting: ['u-labour'],
        due: '2020-02-11',
        steps: [
          sign('u-health', '02-05 10:14'),
          update('u-health', '02-08 16:30', 50, '已统一证明样式，半数乡镇可以办理（演示）。'),
          report('u-health', '02-11 10:00', '各乡镇卫生院已开始办理（演示）。'),
          { at: '02-12 11:00', unit: 'u-health', do: 'return', reason: 'unfinished', text: '尚有乡镇没有办理窗口，请补充清单和完成时间。' },
          sign('u-labour', '02-05 15:00'),
          report('u-labour', '02-10 17:00', '已向务工人员发布办理须知（演示）。'),
          accept('u-labour', '02-11 09:10'),
          { at: '02-13 09:00', unit: 'u-health', do: 'chase', how: 'phone', text: '请于今日补报（演示）。' },
        ],
      },
      {
        quote: '人社部门要牵头调查春节后返岗务工意愿，2月13日前汇总到村',
        action: '调查返岗务工意愿并汇总到村',
        domain: 'labour_survey',
        lead: 'u-labour',
        assisting: COUNTIES,
        due: '2020-02-13',
        steps: [
          sign('u-labour', '02-05 15:02'),
          update('u-labour', '02-09 10:00', 45, '调查表已下发，回收过半（演示）。'),
          report('u-labour', '02-13 16:30', '调查结果已汇总到村（演示）。'),
          ...wholeCourse('u-hq-511902', ['02-05 10:32', '02-09 18:00', '02-12 16:00', '02-13 10:20'], '务工意愿调查'),
          ...wholeCourse('u-hq-511921', ['02-06 09:02', '02-10 11:00', '02-13 10:00', '02-13 17:00'], '务工意愿调查'),
          sign('u-hq-511903', '02-05 14:02'),
          update('u-hq-511903', '02-12 09:00', 75, '尚有两个乡镇没有报齐（演示）。', '部分村通信不畅'),
          sign('u-hq-511922', '02-08 09:00'),
          update('u-hq-511922', '02-11 09:00', 40, '已回收四成（演示）。', '人手不足'),
          { at: '02-14 08:40', unit: 'u-hq-511922', do: 'chase', how: 'phone', text: '已逾期，请说明原因（演示）。' },
          sign('u-hq-511923', '02-05 16:22'),
          report('u-hq-511923', '02-13 11:00', '已全部回收（演示）。'),
        ],
      },
      {
        quote: '交通部门要根据务工去向组织返岗包车，做到出家门上车门',
        action: '组织务工人员返岗包车',
        domain: 'labour_transport',
        lead: 'u-transport',
        assisting: ['u-labour'],
        due: '2020-02-15',
        steps: [
          sign('u-transport', '02-05 11:02'),
          update('u-transport', '02-10 15:00', 35, '已落实车辆和驾驶员名单（演示）。', '目的地接收条件不一'),
          {
            at: '02-13 14:00',
            unit: 'u-transport',
            do: 'askExtension',
            to: '2020-02-20',
            text: '首批线路已排定，部分目的地尚未确认接收（演示）。',
            reason: '部分目的地尚未确认接收返岗人员（演示）',
          },
          sign('u-labour', '02-05 15:04'),
          update('u-labour', '02-12 17:00', 65, '已报送首批包车人员名单（演示）。'),
        ],
      },
      {
        quote: '商务部门要牵头调拨口罩等防护物资，优先保障一线',
        action: '调拨口罩等防护物资',
        domain: 'supplies',
        lead: 'u-commerce',
        assisting: ['u-finance'],
        due: '2020-02-10',
        steps: [
          sign('u-commerce', '02-07 09:00'),
          update('u-commerce', '02-09 16:00', 40, '首批物资已发放（演示）。', '货源不足'),
          { at: '02-11 09:30', unit: 'u-commerce', do: 'chase', how: 'phone', text: '已逾期，请报进展（演示）。' },
          { at: '02-13 15:30', unit: 'u-commerce', do: 'chase', how: 'site', text: '现场查看库存和发放记录（演示）。' },
          update('u-commerce', '02-13 17:40', 70, '第二批物资已到货，正在分发（演示）。', '货源不足'),
          ...wholeCourse('u-finance', ['02-05 10:50', '02-07 10:40', '02-09 14:00', '02-10 10:00'], '物资资金拨付'),
        ],
      },
      {
        quote: '文化旅游和市场监管部门要暂停室内文化娱乐场所开放',
        action: '暂停室内文化娱乐场所开放',
        domain: 'venues',
        lead: 'u-culture',
        assisting: ['u-market'],
        due: '2020-02-08',
        steps: [
          ...wholeCourse('u-culture', ['02-06 16:00', '02-07 17:00', '02-09 10:00', '02-10 15:00'], '场所停业和巡查'),
          ...wholeCourse('u-market', ['02-05 11:30', '02-06 17:00', '02-08 10:00', '02-08 16:00'], '场所联合检查'),
        ],
      },
      {
        quote: '民政部门要对生活困难群众逐户走访并及时救助',
        action: '走访救助生活困难群众',
        domain: 'welfare',
        lead: 'u-civil',
        due: '2020-02-13',
        steps: [
          sign('u-civil', '02-05 14:30'),
          update('u-civil', '02-10 17:00', 55, '已走访半数困难家庭（演示）。'),
          {
            at: '02-11 10:00',
            unit: 'u-civil',
            do: 'askExtension',
            to: '2020-02-17',
            text: '山区家庭走访尚未完成（演示）。',
            reason: '部分山区道路临时管制（演示）',
          },
          { at: '02-11 15:00', unit: 'u-civil', do: 'grantExtension' },
          update('u-civil', '02-13 18:00', 70, '山区走访已完成一半（演示）。'),
        ],
      },
    ],
  },
  {
    title: '演示会议：市应急指挥部第2次调度会（虚构）',
    body: '市应急指挥部（演示）',
    session: 2,
    heldOn: '2020-02-10',
    recordedAt: '02-11 08:20',
    opening: '本文为演示材料，会议、内容和数字均为虚构。会议听取了上次会议部署事项的进展。',
    directives: [
      {
        quote: '发展改革部门要列出首批复工重点项目清单，2月14日前报指挥部',
        action: '列出首批复工重点项目清单',
        domain: 'resumption_projects',
        lead: 'u-reform',
        assisting: ['u-housing'],
        due: '2020-02-14',
        steps: [
          sign('u-reform', '02-11 10:00'),
          update('u-reform', '02-13 11:00', 80, '清单初稿已征求意见（演示）。'),
          sign('u-housing', '02-11 11:00'),
          report('u-housing', '02-13 15:10', '在建工地复工条件已逐一核对（演示）。'),
        ],
      },
      {
        quote: '经信部门要会同各区县逐户检查复工企业防疫措施',
        action: '检查复工企业防疫措施',
        domain: 'resumption_enterprises',
        lead: 'u-industry',
        assisting: COUNTIES,
        due: '2020-02-22',
        steps: [
          sign('u-industry', '02-11 10:20'),
          update('u-industry', '02-13 16:00', 25, '已检查首批企业（演示）。'),
          sign('u-hq-511902', '02-11 10:40'),
          update('u-hq-511902', '02-13 17:20', 30, '园区企业检查完毕（演示）。'),
          sign('u-hq-511903', '02-12 09:20'),
          sign('u-hq-511921', '02-11 15:00'),
          update('u-hq-511921', '02-13 17:00', 35, '规上企业检查完毕（演示）。'),
          sign('u-hq-511923', '02-12 08:40'),
        ],
      },
      {
        quote: '农业农村部门要备足种子、化肥等春耕物资',
        action: '备足春耕物资',
        domain: 'farming',
        lead: 'u-agriculture',
        due: '2020-02-25',
        steps: [sign('u-agriculture', '02-11 09:50'), update('u-agriculture', '02-13 10:00', 30, '已与供应单位对接（演示）。')],
      },
      {
        quote: '审批部门要对防疫和复工事项开通网上办理',
        action: '开通防疫和复工事项网上办理',
        domain: 'approvals',
        lead: 'u-approval',
        due: '2020-02-13',
        steps: [
          sign('u-approval', '02-11 09:30'),
          report('u-approval', '02-12 17:00', '网上办理入口已开通（演示）。'),
          accept('u-approval', '02-13 09:40'),
        ],
      },
      {
        quote: '林业部门要加强清明前后森林防火巡护',
        action: '加强森林防火巡护',
        domain: 'forest_fire',
        lead: 'u-forestry',
        due: '2020-02-28',
      },
      {
        quote: '宣传部门要每日发布权威信息并回应群众关切',
        action: '每日发布权威信息',
        domain: 'publicity',
        lead: 'u-publicity',
        due: '2020-02-24',
        steps: [sign('u-publicity', '02-11 09:00'), update('u-publicity', '02-13 20:00', 25, '每日发布两次（演示）。')],
      },
    ],
  },
]
