create index "events_record_id_idx" on "events" ("record_id");

drop index "events_record_record_id_happened_at_id_idx";

create index "r_item_assisting_filled" on "r_item" using gin ("assisting") where "assisting" is not null;

create index "r_item_meeting_filled" on "r_item" ("meeting") where "meeting" is not null;

create index "r_item_directive_filled" on "r_item" ("directive") where "directive" is not null;

drop index "r_item_assisting_idx";

drop index "r_item_meeting_idx";

drop index "r_item_directive_idx";

create index "r_report_meeting_filled" on "r_report" ("meeting") where "meeting" is not null;

drop index "r_report_meeting_idx";

create index "r_person_household_filled" on "r_person" ("household") where "household" is not null;

create index "r_person_merged_into_filled" on "r_person" ("merged_into") where "merged_into" is not null;

create index "r_person_name_exact_path_filled" on "r_person" ("name_exact", "path") where "name_exact" is not null;

create index "r_person_name_pinyin_path_filled" on "r_person" ("name_pinyin", "path") where "name_pinyin" is not null;

create index "r_person_name_initials_path_filled" on "r_person" ("name_initials", "path") where "name_initials" is not null;

create index "r_person_document_number_exact_path_filled" on "r_person" ("document_number_exact", "path") where "document_number_exact" is not null;

create index "r_person_phone_exact_path_filled" on "r_person" ("phone_exact", "path") where "phone_exact" is not null;

create index "r_person_plate_exact_path_filled" on "r_person" ("plate_exact", "path") where "plate_exact" is not null;

drop index "r_person_household_idx";

drop index "r_person_merged_into_idx";

drop index "r_person_name_exact_path_idx";

drop index "r_person_name_pinyin_path_idx";

drop index "r_person_name_initials_path_idx";

drop index "r_person_document_number_exact_path_idx";

drop index "r_person_phone_exact_path_idx";

drop index "r_person_plate_exact_path_idx";

create index "r_household_place_filled" on "r_household" ("place") where "place" is not null;

create index "r_household_phone_exact_path_filled" on "r_household" ("phone_exact", "path") where "phone_exact" is not null;

drop index "r_household_place_idx";

drop index "r_household_phone_exact_path_idx";

create index "r_place_within_filled" on "r_place" ("within") where "within" is not null;

create index "r_place_phone_exact_path_filled" on "r_place" ("phone_exact", "path") where "phone_exact" is not null;

drop index "r_place_within_idx";

drop index "r_place_phone_exact_path_idx";

create index "r_assignment_household_filled" on "r_assignment" ("household") where "household" is not null;

create index "r_assignment_place_filled" on "r_assignment" ("place") where "place" is not null;

drop index "r_assignment_household_idx";

drop index "r_assignment_place_idx";

create index "r_arrival_household_filled" on "r_arrival" ("household") where "household" is not null;

create index "r_arrival_watch_filled" on "r_arrival" ("watch") where "watch" is not null;

drop index "r_arrival_household_idx";

drop index "r_arrival_watch_idx";

create index "r_departure_household_filled" on "r_departure" ("household") where "household" is not null;

drop index "r_departure_household_idx";

create index "r_watch_household_filled" on "r_watch" ("household") where "household" is not null;

create index "r_watch_arrival_filled" on "r_watch" ("arrival") where "arrival" is not null;

create index "r_watch_site_filled" on "r_watch" ("site") where "site" is not null;

drop index "r_watch_household_idx";

drop index "r_watch_arrival_idx";

drop index "r_watch_site_idx";

create index "r_transfer_household_filled" on "r_transfer" ("household") where "household" is not null;

create index "r_transfer_watch_filled" on "r_transfer" ("watch") where "watch" is not null;

create index "r_transfer_arrival_filled" on "r_transfer" ("arrival") where "arrival" is not null;

drop index "r_transfer_household_idx";

drop index "r_transfer_watch_idx";

drop index "r_transfer_arrival_idx";

create index "r_need_household_filled" on "r_need" ("household") where "household" is not null;

create index "r_need_watch_filled" on "r_need" ("watch") where "watch" is not null;

drop index "r_need_household_idx";

drop index "r_need_watch_idx";

create index "r_visit_watch_filled" on "r_visit" ("watch") where "watch" is not null;

drop index "r_visit_watch_idx";

create index "r_list_check_person_filled" on "r_list_check" ("person") where "person" is not null;

create index "r_list_check_watch_filled" on "r_list_check" ("watch") where "watch" is not null;

drop index "r_list_check_person_idx";

drop index "r_list_check_watch_idx";

create index "r_pass_person_filled" on "r_pass" ("person") where "person" is not null;

create index "r_pass_plate_exact_path_filled" on "r_pass" ("plate_exact", "path") where "plate_exact" is not null;

drop index "r_pass_person_idx";

drop index "r_pass_plate_exact_path_idx";

create index "r_crossing_post_filled" on "r_crossing" ("post") where "post" is not null;

create index "r_crossing_person_filled" on "r_crossing" ("person") where "person" is not null;

create index "r_crossing_pass_filled" on "r_crossing" ("pass") where "pass" is not null;

create index "r_crossing_site_filled" on "r_crossing" ("site") where "site" is not null;

create index "r_crossing_plate_exact_path_filled" on "r_crossing" ("plate_exact", "path") where "plate_exact" is not null;

drop index "r_crossing_post_idx";

drop index "r_crossing_person_idx";

drop index "r_crossing_pass_idx";

drop index "r_crossing_site_idx";

drop index "r_crossing_plate_exact_path_idx";

create index "r_transit_person_filled" on "r_transit" ("person") where "person" is not null;

create index "r_transit_site_filled" on "r_transit" ("site") where "site" is not null;

drop index "r_transit_person_idx";

drop index "r_transit_site_idx";

create index "r_daily_report_replaces_filled" on "r_daily_report" ("replaces") where "replaces" is not null;

drop index "r_daily_report_replaces_idx";
