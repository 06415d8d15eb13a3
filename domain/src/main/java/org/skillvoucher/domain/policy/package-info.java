/** Rule packs (规则包): a region's dated numbers, each citing the rule and clause it comes from. */
@NullMarked
package org.skillvoucher.domain.policy;

import org.jspecify.annotations.NullMarked;
