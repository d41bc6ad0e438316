// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Mandate} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {MandateSigning} from "../support/MandateSigning.sol";
import {SubscriptionsTest} from "../support/SubscriptionsTest.sol";
import {vm} from "../support/Vm.sol";

contract SubscriptionHashesTest is SubscriptionsTest {
    uint256 private constant MANDATE_WORDS = 18;

    function test_limits_are_a_tenth_each() public view {
        vm.assertEq(subscriptions.MAX_FEE_BPS(), 1000, "platform");
        vm.assertEq(subscriptions.MAX_ORGANIZATION_FEE_BPS(), 1000, "organization");
    }

    function testFuzz_hashes_are_the_eip712_hashes_of_the_documented_types(Mandate calldata terms) public view {
        vm.assertEq(subscriptions.hashPlan(terms.plan), MandateSigning.planHash(terms.plan), "plan");
        vm.assertEq(subscriptions.hashMandate(terms), MandateSigning.mandateHash(terms), "mandate");
    }

    function test_the_domain_names_this_contract_and_follows_the_chain_id() public {
        vm.assertEq(subscriptions.DOMAIN_SEPARATOR(), MandateSigning.domain(address(subscriptions)), "this chain");
        vm.chainId(999);
        vm.assertEq(subscriptions.DOMAIN_SEPARATOR(), MandateSigning.domain(address(subscriptions)), "a fork");
    }

    /// @dev Bits inside a member's type and outside of it, which a sender could hope nobody looks at.
    function test_no_word_of_a_mandate_can_be_changed_by_who_charges() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        bytes memory call = abi.encodeCall(subscriptions.charge, (terms, chargeOf(0, PRICE)));
        for (uint256 word = 0; word < MANDATE_WORDS; word++) {
            refuses(call, word, 1);
            refuses(call, word, 1 << 127);
            refuses(call, word, 1 << 255);
        }
        vm.assertEq(usdc.balanceOf(subscriber), 1_000e6, "nothing moved");
        vm.prank(executor);
        (bool success,) = address(subscriptions).call(call);
        vm.assertTrue(success, "as it was signed it is taken");
    }

    /// @dev The same of a signature: it activates what was signed, and nothing near it.
    function testFuzz_a_signature_activates_no_other_mandate(uint256 word, uint8 bit) public {
        Mandate memory terms = mandate();
        bytes memory call = abi.encodeCall(subscriptions.activate, (terms, signed(terms, SUBSCRIBER_KEY)));
        refuses(call, word % MANDATE_WORDS, uint256(1) << bit);
    }

    function refuses(bytes memory call, uint256 word, uint256 mask) private {
        bytes memory changed = bytes.concat(call);
        assembly ("memory-safe") {
            let place := add(add(changed, 0x24), mul(word, 0x20))
            mstore(place, xor(mload(place), mask))
        }
        vm.prank(executor);
        (bool success,) = address(subscriptions).call(changed);
        vm.assertTrue(!success, "a changed word was taken");
    }
}
