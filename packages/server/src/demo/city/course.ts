import type { Store } from '../../store/store.ts'
import { Answers } from './answers.ts'
import { Clinic } from './care/clinic.ts'
import { Stories } from './care/stories.ts'
import { Tasks } from './care/tasks.ts'
import { type CityPlan, InventedCity } from './city.ts'
import { ClosedVillages } from './closed-villages.ts'
import { ComingHome } from './coming-home.ts'
import { Contacts } from './contacts.ts'
import { cases, sites } from './counties.ts'
import { assignments } from './in-charge.ts'
import { Orders } from './orders.ts'
import type { Due } from './played.ts'
import { Register } from './register.ts'
import { RoadPosts } from './road-posts.ts'
import { ZeroReports } from './zero-reports.ts'

/** What happens in the city: who lives there and comes home, who is observed, what is closed, who crosses a gate, who has nothing to report. */
export class Course {
  readonly city: InventedCity
  readonly #parts: readonly ((day: string) => Iterable<Due> | AsyncIterable<Due> | Promise<Iterable<Due>>)[]

  constructor(store: Pick<Store, 'db' | 'settings'>, plan: CityPlan) {
    const city = new InventedCity(plan)
    const register = new Register(city)
    const [contacts, coming, orders] = [new Contacts(city), new ComingHome(city), new Orders(city)]
    const stories = new Stories(city, contacts, coming)
    const [answers, clinic, tasks] = [new Answers(store, city, stories), new Clinic(store, city, stories), new Tasks(store, city)]
    const closed = new ClosedVillages(store, city)
    const [posts, zero] = [new RoadPosts(store, city), new ZeroReports(store, city)]
    this.city = city
    this.#parts = [
      (day) => assignments(city, day),
      (day) => sites(city, day),
      (day) => register.day(day),
      (day) => coming.day(day, register, stories),
      (day) => contacts.day(day, register),
      (day) => cases(city, day),
      (day) => orders.day(day),
      (day) => posts.day(day),
      (day) => answers.day(day),
      (day) => clinic.day(day),
      (day) => tasks.day(day),
      (day) => stories.day(day),
      (day) => closed.day(day),
      (day) => zero.day(day),
    ]
  }

  /** What reaches the server on one day, in the order of its minutes, as far as the register stands in its morning. */
  async day(day: string): Promise<readonly Due[]> {
    const due: Due[] = []
    for (const part of this.#parts) for await (const one of await part(day)) due.push(one)
    return due.sort((a, b) => a.minute - b.minute)
  }
}
