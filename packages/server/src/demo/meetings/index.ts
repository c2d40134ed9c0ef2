/**
 * Two invented meetings of the demonstration city and what came of them. Everything here is made up for the demonstration: no
 * such meeting was held, no person is named, every figure is an example.
 */
import { firstDispatch } from './first-dispatch.ts'
import type { DemoMeeting } from './meeting.ts'
import { secondDispatch } from './second-dispatch.ts'

export type { DemoDirective, DemoMeeting, Step } from './meeting.ts'

export const DEMO_MEETINGS: readonly DemoMeeting[] = [firstDispatch, secondDispatch]
