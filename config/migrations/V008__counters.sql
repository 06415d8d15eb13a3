-- A device's statements in a class are found by their names, which begin with the device: who counts
-- those of a gap needs no index of its own, and each tap pays for one less.
DROP INDEX sighting_counter_idx;
