/** The attendance sheet (考勤表) as CSV and XLSX files. */
@NullMarked
package org.skillvoucher.gateway.sheet;

import org.jspecify.annotations.NullMarked;
