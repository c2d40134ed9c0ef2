create table "self_links" (
  "id" uuid not null,
  "person" uuid,
  "household" uuid,
  "area" text collate "C" not null,
  "issued_by" text not null,
  "issued_at" timestamptz not null,
  "expires_at" timestamptz not null,
  "revoked_at" timestamptz,
  "revoked_by" text,
  primary key ("id")
);

create index "self_links_person_idx" on "self_links" ("person");

create index "self_links_household_idx" on "self_links" ("household");
