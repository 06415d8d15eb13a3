/** Attendance (考勤): lessons, the windows in which a scan counts, hours, and the sheet's numbers. */
@NullMarked
package org.skillvoucher.domain.attendance;

import org.jspecify.annotations.NullMarked;
