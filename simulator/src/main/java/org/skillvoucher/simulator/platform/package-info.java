/** A stub of the national card platform (全国社会保障卡服务平台), wire profile {@code gm}. */
@NullMarked
package org.skillvoucher.simulator.platform;

import org.jspecify.annotations.NullMarked;
