/** Roster files (学员名册): CSV and XLSX read into checked rows, and their import into a class. */
@NullMarked
package org.skillvoucher.gateway.roster;

import org.jspecify.annotations.NullMarked;
