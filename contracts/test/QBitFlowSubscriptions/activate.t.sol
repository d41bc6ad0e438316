// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    ChargeFailure,
    IQBitFlowSubscriptions,
    Mandate,
    MandateState,
    MandateStatus
} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {Deployed} from "../support/Deployed.sol";
import {MandateSigning} from "../support/MandateSigning.sol";
import {Signature, Signing} from "../support/Signing.sol";
import {SubscriptionsTest} from "../support/SubscriptionsTest.sol";
import {vm} from "../support/Vm.sol";

contract ActivateTest is SubscriptionsTest {
    uint256 private constant CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function test_anyone_sends_it_and_the_event_suffices_to_cancel() public {
        Mandate memory terms = mandate();
        bytes memory signature = signed(terms, SUBSCRIBER_KEY);
        vm.expectEmit(true, true, true, true, address(subscriptions));
        emit IQBitFlowSubscriptions.Activated(
            hashOf(terms), terms.uuid, subscriber, MAXIMUM, 25_000_000, NOW, 0, 1, planHashOf(terms)
        );
        vm.prank(attacker);
        subscriptions.activate(terms, signature);
        MandateState memory state = stateOf(terms);
        vm.assertEq(uint256(state.status), uint256(MandateStatus.Active), "active");
        vm.assertEq(state.maximum, MAXIMUM, "maximum as signed");
        vm.assertEq(state.nextPeriod, 0, "first period is next");
        vm.assertEq(state.nextPeriodAt, NOW, "where it begins");
        vm.assertEq(state.signatureNonce, 0, "no signature used");
        vm.assertEq(usdc.balanceOf(subscriber), 1_000e6, "takes nothing");
    }

    function test_twice_changes_nothing_that_happened_in_between() public {
        Mandate memory terms = activated();
        approve(MAXIMUM);
        chargeAs(executor, terms, chargeOf(0, PRICE));
        vm.prank(subscriber);
        subscriptions.setMaximum(headOf(terms), planHashOf(terms), 7e6);
        vm.recordLogs();
        activate(terms);
        vm.assertEq(vm.getRecordedLogs().length, 0, "no event");
        vm.assertEq(stateOf(terms).maximum, 7e6, "the lowered maximum stays");
        vm.assertEq(stateOf(terms).nextPeriod, 1, "the charged period stays charged");
        expectRefused(terms, ChargeFailure.AlreadyCharged);
        chargeAs(executor, terms, chargeOf(0, 1));
    }

    function test_only_the_subscribers_signature_counts() public {
        Mandate memory terms = mandate();
        refuse(terms, signed(terms, ATTACKER_KEY));
        refuse(terms, "");
        refuse(terms, hex"00");
        refuse(terms, new bytes(65));
        bytes memory whole = signed(terms, SUBSCRIBER_KEY);
        refuse(terms, bytes.concat(whole, hex"00"));
        bytes32 structHash = MandateSigning.mandateHash(terms);
        refuse(terms, Signing.packed(Signing.typed(SUBSCRIBER_KEY, bytes32(0), structHash)));
    }

    /// @dev Of each signature there is a second form, which may not count.
    function test_a_malleable_signature_is_refused() public {
        Mandate memory terms = mandate();
        Signature memory first =
            Signing.typed(SUBSCRIBER_KEY, MandateSigning.domain(address(subscriptions)), hashOf(terms));
        Signature memory second = Signature(first.v == 27 ? 28 : 27, first.r, bytes32(CURVE_ORDER - uint256(first.s)));
        refuse(terms, Signing.packed(second));
    }

    /// @dev ecrecover answers the zero address to what is no signature.
    function test_nobody_is_no_subscriber() public {
        Mandate memory terms = mandate();
        terms.subscriber = address(0);
        bytes memory signature = new bytes(65);
        expectSignatureInvalid(address(0));
        subscriptions.activate(terms, signature);
    }

    function test_another_chain_and_another_contract_take_no_signature() public {
        Mandate memory terms = mandate();
        bytes memory signature = signed(terms, SUBSCRIBER_KEY);
        IQBitFlowSubscriptions other = Deployed.subscriptions();
        expectSignatureInvalid(subscriber);
        other.activate(terms, signature);
        vm.chainId(999);
        refuse(terms, signature);
    }

    function test_what_is_over_for_good_is_not_activated_again() public {
        Mandate memory terms = activated();
        bytes memory signature = signed(terms, SUBSCRIBER_KEY);
        vm.prank(subscriber);
        subscriptions.stop(terms);
        expectWrongStatus(terms, MandateStatus.Ended);
        subscriptions.activate(terms, signature);
        vm.prank(subscriber);
        subscriptions.cancel(headOf(terms), planHashOf(terms));
        expectWrongStatus(terms, MandateStatus.Cancelled);
        subscriptions.activate(terms, signature);
    }

    function test_a_mandate_whose_end_has_come_moves_nothing() public {
        Mandate memory terms = mandate();
        terms.endsAt = uint64(NOW + 1 days);
        activate(terms);
        approve(MAXIMUM);
        vm.warp(NOW + 1 days);
        expectRefused(terms, ChargeFailure.Ended);
        chargeAs(executor, terms, chargeOf(0, PRICE));
    }

    function test_mandates_that_differ_only_in_their_nonce_are_two() public {
        Mandate memory first = activated();
        Mandate memory second = mandate();
        second.nonce = 2;
        assertStatus(second, MandateStatus.None, "the other one is not active");
        activate(second);
        approve(2 * PRICE);
        chargeAs(executor, first, chargeOf(0, PRICE));
        chargeAs(executor, second, chargeOf(0, PRICE));
        assertPaidOut(usdc, 2);
    }

    function test_states_are_read_by_the_hundred() public {
        Mandate memory first = activated();
        bytes32[] memory hashes = new bytes32[](2);
        (hashes[0], hashes[1]) = (bytes32(uint256(1)), hashOf(first));
        MandateState[] memory states = subscriptions.mandateStates(hashes);
        vm.assertEq(uint256(states[0].status), uint256(MandateStatus.None), "unknown");
        vm.assertEq(uint256(states[1].status), uint256(MandateStatus.Active), "known");
        vm.assertEq(states[1].maximum, MAXIMUM, "with all its members");
    }

    function refuse(Mandate memory terms, bytes memory signature) private {
        expectSignatureInvalid(subscriber);
        subscriptions.activate(terms, signature);
    }
}
