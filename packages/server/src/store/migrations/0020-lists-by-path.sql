create index "r_meeting_path_held_on_id_idx" on "r_meeting" ("path", "held_on", "id");

drop index "r_meeting_path_id_idx";

create index "r_directive_path_order_id_idx" on "r_directive" ("path", "order", "id");

drop index "r_directive_path_id_idx";

create index "r_item_path_due_id_idx" on "r_item" ("path", "due", "id");

drop index "r_item_path_id_idx";

create index "r_task_path_due_id_idx" on "r_task" ("path", "due", "id");

drop index "r_task_path_id_idx";

create index "r_bulletin_path_to_id_idx" on "r_bulletin" ("path", "to", "id");

drop index "r_bulletin_path_id_idx";

create index "r_report_path_cut_off_id_idx" on "r_report" ("path", "cut_off", "id");

drop index "r_report_path_id_idx";

create index "r_person_path_registered_on_id_idx" on "r_person" ("path", "registered_on", "id");

drop index "r_person_path_id_idx";

create index "r_household_path_door_id_idx" on "r_household" ("path", "door", "id");

drop index "r_household_path_id_idx";

create index "r_place_path_name_id_idx" on "r_place" ("path", "name", "id");

drop index "r_place_path_id_idx";

create index "r_assignment_path_from_id_idx" on "r_assignment" ("path", "from", "id");

drop index "r_assignment_path_id_idx";

create index "r_arrival_path_arrived_on_id_idx" on "r_arrival" ("path", "arrived_on", "id");

drop index "r_arrival_path_id_idx";

create index "r_departure_path_leaves_on_id_idx" on "r_departure" ("path", "leaves_on", "id");

drop index "r_departure_path_id_idx";

create index "r_watch_path_entered_on_id_idx" on "r_watch" ("path", "entered_on", "id");

drop index "r_watch_path_id_idx";

create index "r_site_path_name_id_idx" on "r_site" ("path", "name", "id");

drop index "r_site_path_id_idx";

create index "r_transfer_path_opened_on_id_idx" on "r_transfer" ("path", "opened_on", "id");

drop index "r_transfer_path_id_idx";

create index "r_need_path_due_on_id_idx" on "r_need" ("path", "due_on", "id");

drop index "r_need_path_id_idx";

create index "r_visit_path_due_on_id_idx" on "r_visit" ("path", "due_on", "id");

drop index "r_visit_path_id_idx";

create index "r_list_check_path_due_on_id_idx" on "r_list_check" ("path", "due_on", "id");

drop index "r_list_check_path_id_idx";

create index "r_case_count_path_day_id_idx" on "r_case_count" ("path", "day", "id");

drop index "r_case_count_path_id_idx";

create index "r_zone_path_as_of_id_idx" on "r_zone" ("path", "as_of", "id");

drop index "r_zone_path_id_idx";

create index "r_closure_path_start_id_idx" on "r_closure" ("path", "start", "id");

drop index "r_closure_path_id_idx";

create index "r_pass_path_valid_from_id_idx" on "r_pass" ("path", "valid_from", "id");

drop index "r_pass_path_id_idx";

create index "r_pass_key_path_valid_to_id_idx" on "r_pass_key" ("path", "valid_to", "id");

drop index "r_pass_key_path_id_idx";

create index "r_crossing_path_crossed_at_id_idx" on "r_crossing" ("path", "crossed_at", "id");

drop index "r_crossing_path_id_idx";

create index "r_transit_path_expected_by_id_idx" on "r_transit" ("path", "expected_by", "id");

drop index "r_transit_path_id_idx";

create index "r_zero_report_path_day_id_idx" on "r_zero_report" ("path", "day", "id");

drop index "r_zero_report_path_id_idx";

create index "r_daily_report_path_day_id_idx" on "r_daily_report" ("path", "day", "id");

drop index "r_daily_report_path_id_idx";

create index "r_public_bulletin_path_day_id_idx" on "r_public_bulletin" ("path", "day", "id");

drop index "r_public_bulletin_path_id_idx";
