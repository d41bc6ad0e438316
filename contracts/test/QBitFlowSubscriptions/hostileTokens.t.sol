// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    ChargeFailure,
    ChargeGroup,
    IQBitFlowSubscriptions,
    Mandate,
    SingleCharge
} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {FalseToken, ShortAnswerToken} from "../mocks/HostileTokens.sol";
import {
    BlocklistToken,
    BurningToken,
    ImpostorToken,
    LongAnswerToken,
    LongReasonToken,
    LyingToken,
    TaxedToken
} from "../mocks/SubscriptionTokens.sol";
import {ITestToken} from "../support/Deployed.sol";
import {SubscriptionsTest} from "../support/SubscriptionsTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Tokens that misbehave: alone, in a group, and beside others in a batch, which they must not hurt.
contract HostileTokensTest is SubscriptionsTest {
    uint256 private constant KEY = 0x5000;

    /// @dev tUSDT returns nothing, and is as good as any.
    function test_a_token_that_returns_nothing_pays_alone_and_in_groups() public {
        Mandate[] memory all = pairIn(usdt);
        chargeAs(executor, all[0], chargeOf(0, PRICE));
        vm.prank(executor);
        subscriptions.chargeGroup(groupOf(all), GAS_PER_TRANSFER);
        assertPaidOut(usdt, 2);
    }

    function test_false_or_half_an_answer_is_a_refusal() public {
        refusesEverywhere(address(new FalseToken()));
        refusesEverywhere(address(new ShortAnswerToken()));
        refusesEverywhere(address(new LongReasonToken()));
        refusesEverywhere(address(new BurningToken()));
    }

    function test_a_token_that_is_gone_is_a_refusal() public {
        BlocklistToken token = new BlocklistToken();
        Mandate memory terms = mandateIn(ITestToken(address(token)));
        vm.etch(address(token), "");
        expectRefused(terms, ChargeFailure.InsufficientBalance);
        chargeAs(executor, terms, chargeOf(0, PRICE));
    }

    function test_an_error_that_looks_like_ours_tells_nothing() public {
        ImpostorToken token = new ImpostorToken();
        token.setReason(
            abi.encodeWithSelector(
                IQBitFlowSubscriptions.ChargeRefused.selector, bytes32(uint256(7)), ChargeFailure.Cancelled
            )
        );
        refusesEverywhere(address(token));
    }

    function test_a_blocked_subscriber_stops_no_other() public {
        BlocklistToken token = new BlocklistToken();
        Mandate[] memory all = pairIn(ITestToken(address(token)));
        token.setBlocked(all[0].subscriber, true);
        expectFailed(all[0], 0, ChargeFailure.TokenRefused);
        expectCharged(all[1], 0, PRICE);
        vm.prank(executor);
        subscriptions.chargeGroup(groupOf(all), GAS_PER_TRANSFER);
        assertPaidOut(ITestToken(address(token)), 1);
    }

    /// @dev Merchant, platform and organization each: the group fails alone, and its periods can be charged later.
    function test_a_blocked_recipient_fails_his_group_and_no_other() public {
        address[3] memory recipients = [merchant, feeRecipient, organization];
        uint256[3] memory amounts = [uint256(2 * 24_255_000), 2 * 250_000, 2 * 495_000];
        for (uint256 i = 0; i < 3; i++) {
            BlocklistToken token = new BlocklistToken();
            ChargeGroup memory group = groupOf(pairIn(ITestToken(address(token))));
            token.setBlocked(recipients[i], true);
            bytes memory reason = abi.encodeWithSelector(
                IQBitFlowSubscriptions.PayoutFailed.selector, address(token), recipients[i], amounts[i]
            );
            failsAlone(group, reason, i + 1);
            token.setBlocked(recipients[i], false);
            vm.prank(executor);
            subscriptions.chargeGroup(group, GAS_PER_TRANSFER);
            assertPaidOut(ITestToken(address(token)), 2);
        }
    }

    function test_a_blocked_recipient_refuses_a_single_charge_as_a_whole() public {
        BlocklistToken token = new BlocklistToken();
        Mandate memory terms = mandateIn(ITestToken(address(token)));
        token.setBlocked(organization, true);
        expectRefused(terms, ChargeFailure.TokenRefused);
        chargeAs(executor, terms, chargeOf(0, PRICE));
        vm.assertEq(token.balanceOf(merchant), 0, "the merchant's part, too");
        vm.assertEq(stateOf(terms).nextPeriod, 0, "the period can still be charged");
    }

    /// @dev Alone each gets less than he should, which the Transfer logs tell; a group cannot pay out and fails.
    function test_a_token_that_keeps_a_part_takes_it_from_nobody_else() public {
        TaxedToken token = new TaxedToken();
        ITestToken asToken = ITestToken(address(token));
        Mandate[] memory all = pairIn(asToken);
        chargeAs(executor, all[0], chargeOf(0, PRICE));
        vm.assertEq(token.balanceOf(all[0].subscriber), 1_000e6 - PRICE, "the subscriber gave the amount");
        vm.assertEq(token.balanceOf(merchant), 24_255_000 * 9 / 10, "the merchant got less");
        bytes memory reason =
            abi.encodeWithSelector(IQBitFlowSubscriptions.PayoutFailed.selector, address(token), merchant, 24_255_000);
        failsAlone(groupOf(all), reason, 1);
        vm.assertEq(token.balanceOf(address(subscriptions)), 0, "nothing stays");
    }

    /// @dev Nothing comes in, so there is nothing to pay out; other tokens in the contract do not stand in for it.
    function test_a_token_that_lies_pays_out_nothing_of_anybodys() public {
        ITestToken token = ITestToken(address(new LyingToken()));
        usdc.mint(address(subscriptions), 1_000e6);
        ChargeGroup memory group = groupOf(pairIn(token));
        bytes memory reason = abi.encodeWithSelector(
            IQBitFlowSubscriptions.PayoutFailed.selector, address(token), merchant, 2 * 24_255_000
        );
        failsAlone(group, reason, 1);
        vm.assertEq(usdc.balanceOf(address(subscriptions)), 1_000e6, "untouched");
    }

    /// @dev A megabyte costs whoever writes it, not whoever asked: it does not fit into a transfer's gas, nor is it read.
    function test_a_long_answer_is_not_copied() public {
        ITestToken token = ITestToken(address(new LongAnswerToken()));
        Mandate[] memory all = pairIn(token);
        uint256 before = gasleft();
        chargeAs(executor, all[0], chargeOf(0, PRICE));
        // Three transfers, each of which writes it at about two million of gas.
        vm.assertLe(before - gasleft(), 7_500_000, "not once more on our side");
        expectFailed(all[0], 0, ChargeFailure.AlreadyCharged);
        expectFailed(all[1], 0, ChargeFailure.TokenRefused);
        vm.prank(executor);
        subscriptions.chargeGroup(groupOf(all), GAS_PER_TRANSFER);
    }

    /// @dev Even where it is asked for a balance: each part of the batch has its own gas.
    function test_a_token_that_burns_gas_everywhere_costs_a_bounded_amount_and_stops_no_other() public {
        BurningToken token = new BurningToken();
        ChargeGroup[] memory groups = new ChargeGroup[](2);
        groups[0] = groupOf(pairIn(ITestToken(address(token))));
        groups[1] = groupOf(pairIn(usdc));
        SingleCharge[] memory singles = new SingleCharge[](2);
        singles[0] = SingleCharge(activatedBy(KEY + 8, mandate(), ITestToken(address(token))), chargeOf(0, PRICE));
        singles[1] = SingleCharge(activatedBy(KEY + 9, mandate(), usdc), chargeOf(0, PRICE));
        token.setBurnsInViews(true);
        expectFailed(singles[0].mandate, 0, ChargeFailure.TokenRefused);
        uint256 before = gasleft();
        vm.prank(executor);
        subscriptions.chargeBatch(groups, singles, GAS_PER_TRANSFER);
        vm.assertLe(before - gasleft(), 2_500_000, "bounded by what each part may use");
        assertPaidOut(usdc, 3);
    }

    function refusesEverywhere(address token) private {
        Mandate[] memory all = pairIn(ITestToken(token));
        vm.expectRevert(
            abi.encodeWithSelector(
                IQBitFlowSubscriptions.ChargeRefused.selector, hashOf(all[0]), ChargeFailure.TokenRefused
            )
        );
        vm.prank(executor);
        subscriptions.charge{gas: 5_000_000}(all[0], chargeOf(0, PRICE));
        for (uint256 i = 0; i < 2; i++) {
            expectFailed(all[i], 0, ChargeFailure.TokenRefused);
        }
        vm.prank(executor);
        subscriptions.chargeGroup(groupOf(all), GAS_PER_TRANSFER);
        SingleCharge[] memory singles = new SingleCharge[](2);
        singles[0] = SingleCharge(all[0], chargeOf(0, PRICE));
        singles[1] = SingleCharge(activatedBy(uint160(token), mandate(), usdc), chargeOf(0, PRICE));
        expectFailed(all[0], 0, ChargeFailure.TokenRefused);
        expectCharged(singles[1].mandate, 0, PRICE);
        vm.prank(executor);
        subscriptions.chargeBatch(noGroups(), singles, GAS_PER_TRANSFER);
        vm.assertEq(ITestToken(token).balanceOf(merchant), 0, "nothing moved");
    }

    /// @dev In one batch with a good group of tUSDC, which has been paid `times` times then.
    function failsAlone(ChargeGroup memory group, bytes memory reason, uint256 times) private {
        ChargeGroup[] memory groups = new ChargeGroup[](2);
        groups[0] = group;
        Mandate[] memory good = new Mandate[](1);
        good[0] = activatedBy(KEY + 100 + times, mandate(), usdc);
        groups[1] = groupOf(good);
        expectGroupFailed(group.plan, 0, reason);
        expectCharged(good[0], 0, PRICE);
        vm.prank(executor);
        subscriptions.chargeBatch(groups, noSingles(), GAS_PER_TRANSFER);
        vm.assertEq(usdc.balanceOf(merchant), times * 24_255_000, "the other group was paid");
    }

    function mandateIn(ITestToken token) private returns (Mandate memory) {
        return activatedBy(KEY, mandate(), token);
    }

    function pairIn(ITestToken token) private returns (Mandate[] memory all) {
        all = new Mandate[](2);
        (all[0], all[1]) = (activatedBy(KEY, mandate(), token), activatedBy(KEY + 1, mandate(), token));
    }
}
