alter table "r_person" add column "document_number_bare" text collate "C";

create index "r_person_document_number_bare_path_filled" on "r_person" ("document_number_bare", "path") where "document_number_bare" is not null;

drop index "r_person_document_number_exact_path_filled";
