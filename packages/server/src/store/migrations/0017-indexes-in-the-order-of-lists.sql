create index "r_meeting_held_on_id_falling" on "r_meeting" ("held_on" desc nulls last, "id" desc);

drop index "r_meeting_held_on_id_idx";

create index "r_bulletin_to_id_falling" on "r_bulletin" ("to" desc nulls last, "id" desc);

drop index "r_bulletin_to_id_idx";

create index "r_report_cut_off_id_falling" on "r_report" ("cut_off" desc nulls last, "id" desc);

drop index "r_report_cut_off_id_idx";

create index "r_person_registered_on_id_falling" on "r_person" ("registered_on" desc nulls last, "id" desc);

drop index "r_person_registered_on_id_idx";

create index "r_assignment_from_id_falling" on "r_assignment" ("from" desc nulls last, "id" desc);

drop index "r_assignment_from_id_idx";

create index "r_arrival_arrived_on_id_falling" on "r_arrival" ("arrived_on" desc nulls last, "id" desc);

drop index "r_arrival_arrived_on_id_idx";

create index "r_departure_leaves_on_id_falling" on "r_departure" ("leaves_on" desc nulls last, "id" desc);

drop index "r_departure_leaves_on_id_idx";

alter table "r_watch" set (fillfactor = 45);

create index "r_watch_entered_on_id_falling" on "r_watch" ("entered_on" desc nulls last, "id" desc);

drop index "r_watch_due_morning_id_idx";

drop index "r_watch_path_due_morning_due_evening_idx";

create index "r_transfer_opened_on_id_falling" on "r_transfer" ("opened_on" desc nulls last, "id" desc);

drop index "r_transfer_opened_on_id_idx";

create index "r_case_count_day_id_falling" on "r_case_count" ("day" desc nulls last, "id" desc);

drop index "r_case_count_day_id_idx";

create index "r_zone_as_of_id_falling" on "r_zone" ("as_of" desc nulls last, "id" desc);

drop index "r_zone_as_of_id_idx";

create index "r_closure_start_id_falling" on "r_closure" ("start" desc nulls last, "id" desc);

drop index "r_closure_start_id_idx";

create index "r_pass_valid_from_id_falling" on "r_pass" ("valid_from" desc nulls last, "id" desc);

drop index "r_pass_valid_from_id_idx";

create index "r_pass_key_valid_to_id_falling" on "r_pass_key" ("valid_to" desc nulls last, "id" desc);

drop index "r_pass_key_valid_to_id_idx";

create index "r_crossing_crossed_at_id_falling" on "r_crossing" ("crossed_at" desc nulls last, "id" desc);

drop index "r_crossing_crossed_at_id_idx";

create index "r_zero_report_day_id_falling" on "r_zero_report" ("day" desc nulls last, "id" desc);

drop index "r_zero_report_day_id_idx";

create index "r_daily_report_day_id_falling" on "r_daily_report" ("day" desc nulls last, "id" desc);

drop index "r_daily_report_day_id_idx";

create index "r_public_bulletin_day_id_falling" on "r_public_bulletin" ("day" desc nulls last, "id" desc);

drop index "r_public_bulletin_day_id_idx";
