alter table "tallies" set (fillfactor = 60);
