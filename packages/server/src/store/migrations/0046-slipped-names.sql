alter table "r_person" add column "document_number_rest_first" text collate "C";

alter table "r_person" add column "document_number_rest_last" text collate "C";

alter table "r_person" add column "document_number_late_first" text collate "C";

alter table "r_person" add column "document_number_late_last" text collate "C";

alter table "r_person" add column "document_number_early_first" text collate "C";

alter table "r_person" add column "document_number_early_last" text collate "C";

create index "r_person_document_number_rest_first_path_filled" on "r_person" ("document_number_rest_first", "path") where "document_number_rest_first" is not null;

create index "r_person_document_number_rest_last_path_filled" on "r_person" ("document_number_rest_last", "path") where "document_number_rest_last" is not null;

create index "r_person_document_number_late_first_path_filled" on "r_person" ("document_number_late_first", "path") where "document_number_late_first" is not null;

create index "r_person_document_number_late_last_path_filled" on "r_person" ("document_number_late_last", "path") where "document_number_late_last" is not null;

create index "r_person_document_number_early_first_path_filled" on "r_person" ("document_number_early_first", "path") where "document_number_early_first" is not null;

create index "r_person_document_number_early_last_path_filled" on "r_person" ("document_number_early_last", "path") where "document_number_early_last" is not null;

drop index "r_person_document_number_front_path_filled";

drop index "r_person_document_number_rest_path_filled";

alter table "r_person" drop column "document_number_front";

alter table "r_person" drop column "document_number_rest";
