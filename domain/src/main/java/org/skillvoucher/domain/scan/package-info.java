/** Scans (签到、签退、抽查): what arrives, the commands made of it, and the ledger of recorded ones. */
@NullMarked
package org.skillvoucher.domain.scan;

import org.jspecify.annotations.NullMarked;
