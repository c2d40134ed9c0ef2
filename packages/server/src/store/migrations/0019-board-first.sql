-- Written by hand: the same key in another order. A board asks for areas and measures of whatever county, so that the old order could
-- only be skipped through, and before PostgreSQL 18 not even that.
alter table "tallies" drop constraint "tallies_pkey";

alter table "tallies" add primary key ("area", "measure", "day", "county");
