/** Training institutions (培训机构) with their sites, rooms and devices (R20-R27). */
@NullMarked
package org.skillvoucher.domain.institution;

import org.jspecify.annotations.NullMarked;
