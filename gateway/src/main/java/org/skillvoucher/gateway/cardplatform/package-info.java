/** The port to the national card platform (全国社会保障卡服务平台) and its neutral outcomes. */
@NullMarked
package org.skillvoucher.gateway.cardplatform;

import org.jspecify.annotations.NullMarked;
