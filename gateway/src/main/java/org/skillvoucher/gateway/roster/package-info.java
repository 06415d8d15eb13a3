/** Roster files (学员名册): CSV and XLSX read into rows, each with its own verdict. */
@NullMarked
package org.skillvoucher.gateway.roster;

import org.jspecify.annotations.NullMarked;
