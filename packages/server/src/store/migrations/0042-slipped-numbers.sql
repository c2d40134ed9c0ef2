alter table "r_person" add column "document_number_front" text collate "C";

alter table "r_person" add column "document_number_rest" text collate "C";

create index "r_person_document_number_front_path_filled" on "r_person" ("document_number_front", "path") where "document_number_front" is not null;

create index "r_person_document_number_rest_path_filled" on "r_person" ("document_number_rest", "path") where "document_number_rest" is not null;
